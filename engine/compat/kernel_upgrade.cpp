// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/compat.h"
#include "compat/runtime_list.h"
#include "cost/tflm/kernel_library.h"
#include "footprint/kernel_arena.h"

namespace compat {
namespace {

using cost::KernelBuild;
using types::Graph;
using types::KernelUpgrade;
using types::LayerSupport;

/// Null for the reference kernels.
const RuntimeRow* runtimeOf(const KernelBuild& library) {
    for (const cost::KernelRelease& release : cost::releasesOf(library.family))
        if (release.version == library.version)
            return findRuntime("tflm+" + std::string(cost::idOf(library.family)) + "@" +
                               std::string(release.name));
    return nullptr;
}

LayerSupport verdictOf(const KernelBuild& library, const Graph& graph, size_t index) {
    const RuntimeRow* runtime = runtimeOf(library);
    if (runtime == nullptr) runtime = findRuntime("tflm@2026-08");
    return runtime->judge({graph, graph.ops[index], index, runtime->release});
}

bool isChanged(const KernelUpgrade::Layer& layer) {
    return layer.scratchBefore != layer.scratchAfter || layer.before.verdict != layer.after.verdict;
}

}  // namespace

types::Result<KernelUpgrade> compareKernels(const Graph& graph, const std::string& before,
                                            const std::string& after, const std::string& core) {
    const auto from = cost::parseKernelBuild(before, core);
    if (!from) return tl::unexpected(from.error());
    const auto to = cost::parseKernelBuild(after, core);
    if (!to) return tl::unexpected(to.error());
    KernelUpgrade upgrade{
        footprint::kernelArena(graph, *from), footprint::kernelArena(graph, *to), {}};
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        KernelUpgrade::Layer layer{static_cast<int32_t>(i),        types::opLabel(graph, i),
                                   upgrade.before.scratchBytes[i], upgrade.after.scratchBytes[i],
                                   verdictOf(*from, graph, i),     verdictOf(*to, graph, i)};
        if (isChanged(layer)) upgrade.layers.push_back(std::move(layer));
    }
    return upgrade;
}

types::Result<std::vector<types::KernelArena>> arenasOf(const Graph& graph,
                                                        const std::string& library,
                                                        const std::string& core) {
    const auto chosen = cost::parseKernelBuild(library, core);
    if (!chosen) return tl::unexpected(chosen.error());
    const bool isAll =
        library.find('@') == std::string::npos && chosen->family != cost::KernelFamily::Reference;
    if (isAll) return footprint::kernelArenas(graph, *chosen);
    return std::vector<types::KernelArena>{footprint::kernelArena(graph, *chosen)};
}

}  // namespace compat
