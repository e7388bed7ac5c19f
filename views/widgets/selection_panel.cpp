// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/selection_panel.h"

#include <QEvent>
#include <QScrollBar>

#include "views/colors.h"
#include "views/models/buffers_model.h"
#include "views/models/layer_description.h"

namespace views {
namespace {

QString html(const QString& text) {
    return text.toHtmlEscaped().replace('\n', "<br>");
}

QString sectionHtml(const DescriptionSection& section, const QString& muted) {
    QString rows;
    for (const auto& [name, value] : section.lines)
        rows +=
            QStringLiteral("<tr><td style='color:%1; padding-right:12px'>%2</td><td>%3</td></tr>")
                .arg(muted, html(name), html(value));
    return QStringLiteral(
               "<p style='margin:10px 0 2px 0'><b>%1</b></p><table cellspacing='0' "
               "cellpadding='1'>%2</table>")
        .arg(html(section.title), rows);
}

}  // namespace

SelectionPanel::SelectionPanel(Selection& selection, EvaluationFeed& feed, QWidget* parent)
    : QTextBrowser(parent), m_selection(selection), m_feed(feed) {
    setFrameShape(NoFrame);
    setOpenLinks(false);
    setAccessibleName(tr("Selected layer"));
    // Tensor names may have hundreds of characters without a space.
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(8);
    connect(&m_selection, &Selection::layerChanged, this, &SelectionPanel::describe);
    connect(&m_feed, &EvaluationFeed::evaluated, this, &SelectionPanel::describe);
    describe();
}

void SelectionPanel::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) describe();
}

void SelectionPanel::describe() {
    const QString muted = mutedColor(palette()).name();
    const int index = m_selection.layer();
    const types::EvaluationPtr& shown = m_feed.shown();
    const int layers = shown ? static_cast<int>(shown->layers.size()) : 0;
    if (index < 0 || index >= layers)
        return setHtml(QStringLiteral("<p style='color:%1'>%2</p>")
                           .arg(muted, tr("Pick a layer in a chart or table to see its shapes, "
                                          "quantization and cost.")));
    const types::LayerEvaluation& layer = shown->layers[static_cast<size_t>(index)];
    QString text =
        QStringLiteral(
            "<p style='margin:0'><big>#%1 %2</big><br><span "
            "style='color:%3'>%4</span></p>")
            .arg(index)
            .arg(html(QString::fromStdString(layer.op)), muted, html(shortName(layer.name)));
    for (const DescriptionSection& section : describeLayer(*shown, index))
        text += sectionHtml(section, muted);
    const int scroll = verticalScrollBar()->value();
    setHtml(text);
    verticalScrollBar()->setValue(scroll);
}

}  // namespace views
