// SPDX-License-Identifier: GPL-3.0-or-later
// export: deliver a model as .tflite, as C sources or its layer table as CSV.

#include "command_context.h"
#include "engine/evaluate.h"
#include "exporting/c_array.h"
#include "exporting/layers_csv.h"
#include "text_table.h"
#include "tflite/write.h"

namespace app {
namespace {

using namespace types;

struct ExportFlags {
    std::string path, output, format, device;
    VariationFlags knobs;
};

using Files = std::vector<std::filesystem::path>;

Result<Files> writeFormat(const Evaluation& e, const ExportFlags& flags) {
    if (flags.format == "c-array") return exporting::writeCArray(e, flags.output);
    const auto written = flags.format == "csv" ? exporting::writeLayersCsv(e, flags.output)
                                               : tflite::write(*e.graph, flags.output);
    if (!written) return tl::unexpected(written.error());
    return Files{flags.output};
}

Result<Output> exportModel(const ExportFlags& flags) {
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    const auto graph = openModel(flags.path);
    if (!graph) return tl::unexpected(graph.error());
    const auto evaluation = engine::evaluate(*graph, flags.knobs.variation, *device);
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
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    command->add_option("--format", flags->format, "tflite, csv or c-array")
        ->required()
        ->check(CLI::IsMember({"tflite", "csv", "c-array"}));
    flags->knobs.addTo(*command);
    command->add_option("--device", flags->device, "Device id or file, for cost columns");
    command->add_option("-o,--output", flags->output, "File to write")->required();
}

}  // namespace app
