// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The report of one model: the verdict, what the model is, under which conditions every figure
// holds, its memory, its layers, the variations tried, how right it is, what the words mean, what
// is not known, and the commands that repeat it. It computes nothing: all figures are those of
// evaluations.

#include <string>
#include <vector>

#include "document/document.h"
#include "report/command_lines.h"
#include "types/evaluation.h"
#include "types/model_verdict.h"

namespace report {

/// A variation beside the reported one.
struct TriedModel {
    std::string name;
    types::EvaluationPtr evaluation;  ///< on the same board and samples
};

struct ReportInput {
    std::string name;               ///< of the model
    types::EvaluationPtr reported;  ///< not null
    types::EvaluationPtr original;  ///< of the model as opened, likewise; null: unknown
    std::string fileSha256;         ///< of the model as opened; empty: unknown
    std::vector<TriedModel> tried;  ///< may hold the reported one and the original
    CommandSubject subject;
    std::optional<types::MeasuredLatency> measured;  ///< of the reported model
    std::string version;                             ///< of the program
};

document::Document modelReport(const ReportInput& input);

}  // namespace report
