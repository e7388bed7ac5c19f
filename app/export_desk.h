// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ExportDesk: fills the page Export with the shown model, asks where a form is to be saved, and
// writes it. Thread rules: the GUI thread only; files are written in a Job.

#include "app/explorer.h"
#include "app/export_forms.h"
#include "views/widgets/pages/export_page.h"

namespace app {

class ExportDesk : public QObject {
    Q_OBJECT

public:
    ExportDesk(Explorer& explorer, views::ExportPage& page, QObject* parent = nullptr);

    /// The latency that a picked session measured of the shown model; the report holds it.
    void setMeasured(const std::optional<types::MeasuredLatency>& measured);
    /// Asks for a file, and writes the form to it.
    void save(const QString& id);
    /// Writes the form without asking.
    void saveTo(const QString& id, const QString& path);

signals:
    void written(const QStringList& files);
    void failed(const QString& message);

private:
    void showForms();
    report::CommandSubject subject() const;
    report::ReportInput input() const;

    Explorer& m_explorer;
    views::ExportPage& m_page;
    std::optional<types::MeasuredLatency> m_measured;
    Job m_work;
};

}  // namespace app
