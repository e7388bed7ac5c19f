// SPDX-License-Identifier: GPL-3.0-or-later
// vary: write the varied model.

#include "command_context.h"
#include "engine/evaluate.h"
#include "json_output.h"
#include "text_table.h"
#include "tflite/write.h"

namespace app {
namespace {

using namespace types;

struct VaryFlags {
    std::string path, output;
    VariationFlags knobs;
};

std::string varyText(const Evaluation& e, const std::string& output) {
    const Totals& t = e.totals;
    std::string text = output + ": " + e.variation.label() + ", " + grouped(t.macs) + " MACs, " +
                       grouped(t.params) + " parameters, " + grouped(t.modelBytes) +
                       " bytes, arena " + grouped(t.arenaBytes) + " bytes\n";
    for (const std::string& change : e.changes)
        text += "  " + change + "\n";
    return text;
}

Result<Output> vary(const VaryFlags& flags) {
    const auto graph = openModel(flags.path);
    if (!graph) return tl::unexpected(graph.error());
    const auto evaluation = engine::evaluate(*graph, flags.knobs.variation, nullptr);
    if (!evaluation) return tl::unexpected(evaluation.error());
    const Evaluation& e = **evaluation;
    if (auto written = tflite::write(*e.graph, flags.output); !written)
        return tl::unexpected(written.error());
    Output output;
    output.json = {{"macs", e.totals.macs},
                   {"params", e.totals.params},
                   {"flash_bytes", e.totals.modelBytes},
                   {"arena_bytes", e.totals.arenaBytes},
                   {"agreement", toJson(e.totals.agreement)},
                   {"sqnr_db", toJson(e.totals.sqnrDb)},
                   {"samples", e.samples},
                   {"changes", e.changes}};
    output.text = varyText(e, flags.output);
    return output;
}

}  // namespace

void addVary(CLI::App& app, Context& context) {
    auto flags = std::make_shared<VaryFlags>();
    CLI::App* command =
        addCommand(app, context, "vary", "Write a varied model", [flags] { return vary(*flags); });
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    flags->knobs.addTo(*command);
    command->add_option("-o,--output", flags->output, "The .tflite file to write")->required();
}

}  // namespace app
