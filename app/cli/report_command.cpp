// SPDX-License-Identifier: GPL-3.0-or-later
// report: the whole story of a model or project as one page, .html or .pdf.

#include <algorithm>

#include "document/save_document.h"
#include "engine/shared_original.h"
#include "json_output.h"
#include "progress_line.h"
#include "report_subject.h"

namespace app {
namespace {

using namespace types;

/// The original, the reported variation and the others, each once, in this order.
std::vector<ReportVariation> allOf(const ReportSubject& subject) {
    std::vector<ReportVariation> all{{"original", {}, nullptr}};
    const auto add = [&all](const ReportVariation& entry) {
        const bool isKnown = std::ranges::any_of(
            all, [&](const auto& known) { return known.variation == entry.variation; });
        if (!isKnown) all.push_back(entry);
    };
    const Variation& reported = subject.input.variation;
    // The name that the user gave it, where it is among the others.
    for (const ReportVariation& entry : subject.tried)
        if (entry.variation == reported) add(entry);
    add({reported.label(), reported, subject.trained});
    for (const ReportVariation& entry : subject.tried)
        add(entry);
    return all;
}

Result<report::ReportInput> evaluateAll(const ReportSubject& subject, const std::string& name) {
    report::ReportInput result;
    result.name = name;
    result.fileSha256 = subject.fileSha256;
    result.subject = subject.commands;
    result.version = "netcaliper " NETCALIPER_VERSION;
    const auto all = allOf(subject);
    ProgressLine line;
    const Work work = line.work();
    auto options = subject.input.options;
    options.shared = std::make_shared<engine::SharedOriginal>();
    for (size_t i = 0; i < all.size(); ++i) {
        const double from = static_cast<double>(i), count = static_cast<double>(all.size());
        options.training.done = all[i].trained;
        auto evaluation =
            engine::evaluate(subject.input.graph, all[i].variation, subject.input.device, options,
                             work.part(from / count, (from + 1) / count));
        if (!evaluation) return tl::unexpected(evaluation.error());
        if (i == 0) result.original = *evaluation;
        if (all[i].variation == subject.input.variation) result.reported = *evaluation;
        result.tried.push_back({all[i].name, *evaluation});
    }
    return result;
}

Result<Output> writeReport(const ReportFlags& flags) {
    const auto subject = readReportSubject(flags);
    if (!subject) return tl::unexpected(subject.error());
    const auto input = evaluateAll(*subject, subject->input.graph->name);
    if (!input) return tl::unexpected(input.error());
    const auto written = document::saveDocument(report::modelReport(*input), flags.output);
    if (!written) return tl::unexpected(written.error());
    const ModelVerdict verdict = modelVerdict(*input->reported);
    return Output{{{"files", Json::array({flags.output})}, {"verdict", toJson(verdict)}},
                  verdict.sentence() + "\nwritten: " + flags.output + "\n"};
}

}  // namespace

void addReport(CLI::App& app, Context& context) {
    auto flags = std::make_shared<ReportFlags>();
    CLI::App* command =
        addCommand(app, context, "report",
                   "Write the whole story of a model or project as a page: verdict, figures, "
                   "memory, layers, variations, evidence",
                   [flags] { return writeReport(*flags); });
    flags->run.addTo(*command)->required()->description(
        "A .tflite or .onnx file, or a .netcaliper project: the variation, board and data that it "
        "shows, and all that were tried");
    flags->run.knobs.addTo(*command);
    command
        ->add_option("--tried", flags->tried,
                     "Variation document of another variation to stand beside; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--device", flags->run.device, "Device id or device file");
    flags->run.reserves.addTo(*command);
    flags->run.data.addTo(*command);
    flags->run.addSamplesTo(*command);
    flags->run.addTrainingTo(*command);
    command->add_option("-o,--output", flags->output, "File to write, which ends in .html or .pdf")
        ->required()
        ->check([](const std::string& path) {
            const bool isForm = path.ends_with(".html") || path.ends_with(".pdf");
            return isForm ? std::string() : path + " does not end in .html or .pdf";
        });
}

}  // namespace app
