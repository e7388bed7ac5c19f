// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Export: the forms in which an evaluated model leaves the window, what each is, and the command
// line that makes it; and the writing of the files.

#include <QStringList>
#include <span>

#include "report/model_report.h"
#include "types/result.h"
#include "types/work.h"
#include "views/widgets/export_card.h"

namespace app {

struct ExportKind {
    const char* id;  ///< "c-array": the word of `export --format`, but for the reports
    const char* title;
    const char* what;
    const char* filter;  ///< of the file dialog; empty: a folder
    const char* ending;  ///< ".cc"; of a folder what its name ends with
};
std::span<const ExportKind> exportKinds();
/// Null for another id.
const ExportKind* exportKind(const QString& id);

/// "kws_w0.75": a file name without an ending or spaces.
QString proposedName(const types::Evaluation& evaluation);

/// The cards of the page Export; `subject` is the shown model.
std::vector<views::ExportForm> exportForms(const types::Evaluation& evaluation,
                                           const report::CommandSubject& subject);

/// What to know before files of the evaluation are used: ranges from random inputs; empty: nothing.
QString exportWarning(const types::Evaluation& evaluation);

/// Writes the evaluation's model, or the report of the input, whose `reported` it is. Returns the
/// written files; `path` is a folder where the kind is one.
types::Result<QStringList> exportTo(const ExportKind& kind, const report::ReportInput& input,
                                    const QString& path);

}  // namespace app
