// SPDX-License-Identifier: GPL-3.0-or-later
// export: writes a model as .tflite, C array, C library with its runtime, or its layer table as
// CSV.

#include "command_context.h"
#include "engine/choose_schedule.h"
#include "evaluation_run.h"
#include "exporting/c_array.h"
#include "exporting/c_library.h"
#include "exporting/layers_csv.h"
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

Result<Files> writeFormat(const Evaluation& e, const ExportFlags& flags) {
    if (flags.format == "c-array") return exporting::writeCArray(e, flags.output);
    if (flags.format == "c-library")
        return exporting::writeCLibrary(*e.graph, resourceDirectory(), flags.output,
                                        e.schedule ? scheduledPrograms(e) : exporting::LowerFor());
    const auto written = flags.format == "csv" ? exporting::writeLayersCsv(e, flags.output)
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
    const auto files = writeFormat(**evaluation, flags);
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
    CLI::App* command = addCommand(app, context, "export", "Write a model or its layer table",
                                   [flags] { return exportModel(*flags); });
    flags->model.addTo(*command)->required();
    command->add_option("--format", flags->format, "tflite, csv, c-array or c-library")
        ->required()
        ->check(CLI::IsMember({"tflite", "csv", "c-array", "c-library"}));
    flags->model.knobs.addTo(*command);
    flags->model.data.addCalibrationTo(*command);
    flags->model.addSamplesTo(*command);
    command->add_option("--device", flags->model.device, "Device id or file, for cost columns");
    command->add_option("-o,--output", flags->output, "File to write; a directory for c-library")
        ->required();
}

}  // namespace app
