// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a report is about: a model with the variation of the flags, or a project with the variation,
// board and data that its window showed, as far as no flag names others.

#include "engine/vary_on_data.h"
#include "evaluation_run.h"
#include "report/model_report.h"

namespace app {

struct ReportFlags {
    EvaluationRun run;               ///< run.path: of the model or project
    std::vector<std::string> tried;  ///< variation documents
    std::string output;
};

/// A variation that is evaluated for the report.
struct ReportVariation {
    std::string name;
    types::Variation variation;
    engine::VariedPtr trained;  ///< what its training made before; null: nothing
};

struct ReportSubject {
    EvaluationInput input;  ///< its variation is the reported one
    engine::VariedPtr trained;
    std::vector<ReportVariation> tried;
    std::string fileSha256;
    report::CommandSubject commands;
};

types::Result<ReportSubject> readReportSubject(ReportFlags flags);

/// What repeats a run with these flags.
report::CommandSubject commandSubject(const EvaluationRun& run, const types::Variation& variation,
                                      const types::DevicePtr& device,
                                      scoring::EvaluationSamples evaluation);

}  // namespace app
