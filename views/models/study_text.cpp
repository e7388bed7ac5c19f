// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/study_text.h"

#include <QObject>

namespace views {
namespace {

QString listHtml(const QString& title, const std::vector<std::string>& sentences) {
    if (sentences.empty()) return {};
    QString html = "<p style='margin-bottom:2px'><b>" + title.toHtmlEscaped() +
                   "</b></p><ul style='margin-top:0px'>";
    for (const std::string& sentence : sentences)
        html += "<li>" + QString::fromStdString(sentence).toHtmlEscaped() + "</li>";
    return html + "</ul>";
}

}  // namespace

QString studyHtml(const types::Study& study) {
    return listHtml(QObject::tr("Found"), study.findings) +
           listHtml(QObject::tr("Where it ends"), study.limits) +
           listHtml(QObject::tr("From"), study.sources);
}

}  // namespace views
