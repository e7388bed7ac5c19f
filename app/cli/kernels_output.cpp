// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels_output.h"

#include "compat/compat.h"
#include "json_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

Json bytesOrNull(const std::optional<int64_t>& bytes) {
    return bytes ? Json(*bytes) : Json();
}

Json arenaJson(const KernelArena& arena) {
    Json scratch = Json::array();
    for (const auto& bytes : arena.scratchBytes)
        scratch.push_back(bytesOrNull(bytes));
    return {{"library", arena.library},
            {"source", arena.source},
            {"arena", toJson(arena.arena)},
            {"scratch_bytes", std::move(scratch)}};
}

Json changeJson(const KernelUpgrade::Layer& layer) {
    return {{"index", layer.index},
            {"op", layer.op},
            {"scratch_bytes_before", bytesOrNull(layer.scratchBefore)},
            {"scratch_bytes_after", bytesOrNull(layer.scratchAfter)},
            {"verdict_before", nameOf(layer.before.verdict)},
            {"verdict_after", nameOf(layer.after.verdict)},
            {"reason_before", layer.before.reason},
            {"reason_after", layer.after.reason}};
}

std::string bytesText(const std::optional<int64_t>& bytes) {
    return bytes ? grouped(*bytes) : "-";
}

/// "+1,024", "-16", "0".
std::string differenceText(const std::optional<int64_t>& before,
                           const std::optional<int64_t>& after) {
    if (!before || !after) return "-";
    return (*after > *before ? "+" : "") + grouped(*after - *before);
}

std::string whyUnknown(const KernelArena& arena) {
    if (arena.arena.usedBytes()) return {};
    return arena.library + ": not known: " + arena.arena.unknownReason + "\n";
}

void addArenaRow(TextTable& table, const std::string& what, const std::optional<int64_t>& before,
                 const std::optional<int64_t>& after) {
    table.addRow({what, bytesText(before), bytesText(after), differenceText(before, after)});
}

std::string verdictChange(const KernelUpgrade::Layer& layer) {
    if (layer.before.verdict == layer.after.verdict) return {};
    const std::string why = layer.after.reason.empty() ? layer.before.reason : layer.after.reason;
    return std::string("  ") + layer.op + ": " + nameOf(layer.before.verdict) + ", then " +
           nameOf(layer.after.verdict) + ": " + why + "\n";
}

std::string upgradeText(const KernelUpgrade& upgrade) {
    const TflmArena &before = upgrade.before.arena, &after = upgrade.after.arena;
    std::string text = "from " + upgrade.before.library + " to " + upgrade.after.library + "\n";
    TextTable table({"bytes", ">before", ">after", ">difference"});
    addArenaRow(table, "arena", before.usedBytes(), after.usedBytes());
    addArenaRow(table, "planned part", before.nonPersistentBytes, after.nonPersistentBytes);
    addArenaRow(table, "persistent part", before.persistentBytes, after.persistentBytes);
    for (const KernelUpgrade::Layer& layer : upgrade.layers)
        if (layer.scratchBefore != layer.scratchAfter)
            addArenaRow(table, "scratch of " + layer.op, layer.scratchBefore, layer.scratchAfter);
    text += table.text() + whyUnknown(upgrade.before) + whyUnknown(upgrade.after);
    for (const KernelUpgrade::Layer& layer : upgrade.layers)
        text += verdictChange(layer);
    if (upgrade.layers.empty()) text += "no operator changes\n";
    return text;
}

std::string arenasText(const std::vector<KernelArena>& arenas) {
    TextTable table({"kernels", ">arena", ">planned", ">persistent", "source"});
    std::string gaps;
    for (const KernelArena& a : arenas) {
        table.addRow({a.library, bytesText(a.arena.usedBytes()),
                      bytesText(a.arena.nonPersistentBytes), bytesText(a.arena.persistentBytes),
                      a.source});
        gaps += whyUnknown(a);
    }
    return table.text() + gaps;
}

}  // namespace

void KernelFlags::addTo(CLI::App& command) {
    auto* library = command.add_option(
        "--kernels", kernels,
        "TFLM's arena with a kernel library: cmsis-nn@VERSION, esp-nn@VERSION, reference; without "
        "a version for all of them");
    command
        .add_option("--upgrade-to", upgrade,
                    "What changes from the library of --kernels to this one, in arena, scratch and "
                    "how operators run")
        ->needs(library);
    command
        .add_option("--core", core,
                    "Core or chip that the library is built for, such as Cortex-M55 or ESP32-C3; "
                    "Cortex-M4 or ESP32-S3 if not said")
        ->needs(library);
}

Result<void> KernelFlags::report(const Graph& graph, Output& output) const {
    if (kernels.empty()) return {};
    if (!upgrade.empty()) {
        const auto change = compat::compareKernels(graph, kernels, upgrade, core);
        if (!change) return tl::unexpected(change.error());
        Json layers = Json::array();
        for (const KernelUpgrade::Layer& layer : change->layers)
            layers.push_back(changeJson(layer));
        output.json["upgrade"] = {{"before", arenaJson(change->before)},
                                  {"after", arenaJson(change->after)},
                                  {"layers", std::move(layers)}};
        output.text += upgradeText(*change);
        return {};
    }
    const auto arenas = compat::arenasOf(graph, kernels, core);
    if (!arenas) return tl::unexpected(arenas.error());
    output.json["kernels"] = Json::array();
    for (const KernelArena& arena : *arenas)
        output.json["kernels"].push_back(arenaJson(arena));
    output.text += arenasText(*arenas);
    return {};
}

}  // namespace app
