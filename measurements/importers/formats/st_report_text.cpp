// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of ST's tools as text: network_generate_report.txt (st_report_lines.h), and what
// validation on a board prints or reports (st_profile_lines.h), with or without the former in
// front.

#include "importers/importer_list.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/st_profile_lines.h"
#include "importers/parts/st_report_lines.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

bool matchesStReportText(const LogFile& file) {
    const std::string& text = file.bytes;
    return hasLine(text, "Exec/report summary") &&
           (hasLine(text, "ST Edge AI Core") || hasLine(text, "Neural Network Tools for STM32") ||
            hasLine(text, "macc  "));
}

types::Result<Sessions> readStReportText(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kStReport.name);
    builder.conditions().runtime = "X-CUBE-AI";
    StReportLines report;
    for (const auto line : linesOf(input.main().bytes))
        report.take(line, builder);
    report.finish(builder);
    if (builder.session().measurements.empty())
        return types::fail("the report ends before its summary", input.name,
                           "expected lines 'macc : ...', 'weights (ro) : ...' and a layer table");
    builder.warn("a report of ST's tools holds computed numbers: MACCs and bytes, no times");
    return Sessions{builder.take()};
}

bool matchesStValidation(const LogFile& file) {
    const std::string& text = file.bytes;
    const bool isRun = hasLine(text, "Results for ") || contains(text, "ST.AI Profiling results");
    return (isRun && hasLine(text, "duration ")) ||
           (hasLine(text, "Inference time per node") && hasLine(text, "c_id "));
}

types::Result<Sessions> readStValidation(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kStValidation.name);
    builder.conditions().runtime = "X-CUBE-AI";
    StReportLines report;
    StProfileLines profile;
    for (const auto line : linesOf(input.main().bytes))
        if (!profile.take(line, builder)) report.take(line, builder);
    report.finish(builder);
    profile.finish(builder);
    if (!profile.isTimed())
        return types::fail("the validation ends before its first time", input.name,
                           "expected lines 'Results for N inference(s)' and 'duration : ... ms'");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kStReport = {"st-report",
                            "ST Edge AI / X-CUBE-AI generate report: MACCs and bytes per layer",
                            matchesStReportText, readStReportText};

const Importer kStValidation = {
    "st-validation", "ST Edge AI / X-CUBE-AI validation on a board: times of the model and layers",
    matchesStValidation, readStValidation};

}  // namespace importers
