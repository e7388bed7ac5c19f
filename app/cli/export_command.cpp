// SPDX-License-Identifier: GPL-3.0-or-later
// export: writes a model as .tflite, C array, C library with its runtime, its layer table as CSV,
// its figures for Model Explorer or Netron, or its report.

#include "command_context.h"
#include "document/save_document.h"
#include "engine/choose_schedule.h"
#include "evaluation_run.h"
#include "exporting/c_array.h"
#include "exporting/c_library.h"
#include "exporting/graph_overlays.h"
#include "exporting/layers_csv.h"
#include "report_subject.h"
#include "resource_dir.h"
#include "text_table.h"
#include "tflite/write.h"

namespace app {
namespace {

using namespace types;

struct ExportFlags {
    EvaluationRun model;
    std::string output, format;
};

using Files = std::vector<std::filesystem::path>;

/// `e` has a schedule and must outlive it.
exporting::LowerFor scheduledPrograms(const Evaluation& e) {
    return [&e](Isa isa) { return engine::lowerScheduled(e, isa); };
}

/// The report of the exported model alone.
Result<void> writePage(const EvaluationPtr& evaluation, const ExportFlags& flags) {
    report::ReportInput input;
    input.name = evaluation->graph->name;
    input.reported = evaluation;
    input.version = "netcaliper " NETCALIPER_VERSION;
    input.subject = commandSubject(flags.model, evaluation->variation, evaluation->device,
                                   flags.model.data.use.evaluation);
    return document::saveDocument(report::modelReport(input), flags.output);
}

Result<Files> writeFormat(const EvaluationPtr& evaluation, const ExportFlags& flags) {
    const Evaluation& e = *evaluation;
    if (flags.format == "c-array") return exporting::writeCArray(e, flags.output);
    if (flags.format == "c-library")
        return exporting::writeCLibrary(*e.graph, resourceDirectory(), flags.output,
                                        e.schedule ? scheduledPrograms(e) : exporting::LowerFor());
    if (flags.format == "model-explorer") return exporting::writeModelExplorer(e, flags.output);
    const auto written = flags.format == "html"     ? writePage(evaluation, flags)
                         : flags.format == "csv"    ? exporting::writeLayersCsv(e, flags.output)
                         : flags.format == "netron" ? exporting::writeNetron(e, flags.output)
                                                    : tflite::write(*e.graph, flags.output);
    if (!written) return tl::unexpected(written.error());
    return Files{flags.output};
}

Result<Output> exportModel(const ExportFlags& flags) {
    const auto variation = flags.model.knobs.read();
    if (variation && variation->schedule.isSet() && flags.format != "c-library")
        throw CLI::ValidationError("--format",
                                   "c-library is what a schedule needs: only our own runtime runs "
                                   "in bands of rows");
    const auto evaluation = flags.model.run(false);
    if (!evaluation) return tl::unexpected(evaluation.error());
    const auto files = writeFormat(*evaluation, flags);
    if (!files) return tl::unexpected(files.error());
    Output output;
    output.json["files"] = Json::array();
    for (const auto& file : *files) {
        output.json["files"].push_back(file.string());
        output.text += file.string() + ": " +
                       grouped(static_cast<int64_t>(std::filesystem::file_size(file))) + " bytes\n";
    }
    return output;
}

}  // namespace

void addExport(CLI::App& app, Context& context) {
    auto flags = std::make_shared<ExportFlags>();
    CLI::App* command =
        addCommand(app, context, "export", "Write a model, its layer table or figures for viewers",
                   [flags] { return exportModel(*flags); });
    flags->model.addTo(*command)->required();
    command
        ->add_option("--format", flags->format,
                     "tflite, csv, c-array, c-library, html, model-explorer or netron")
        ->required()
        ->check(CLI::IsMember(
            {"tflite", "csv", "c-array", "c-library", "html", "model-explorer", "netron"}));
    flags->model.knobs.addTo(*command);
    flags->model.data.addTo(*command);
    flags->model.addSamplesTo(*command);
    command->add_option("--device", flags->model.device, "Device id or file, for cost columns");
    command
        ->add_option("-o,--output", flags->output,
                     "File to write; a directory for c-library and model-explorer")
        ->required();
}

}  // namespace app
