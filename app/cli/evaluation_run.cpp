// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation_run.h"

#include "engine/evaluate.h"
#include "progress_line.h"

namespace app {

using namespace types;

Result<EvaluationPtr> EvaluationRun::run(bool compress) const {
    const auto profile = findDevice(device);
    if (!profile) return tl::unexpected(profile.error());
    const auto graph = openModel(path);
    if (!graph) return tl::unexpected(graph.error());
    const auto variation = knobs.read();
    if (!variation) return tl::unexpected(variation.error());
    auto use = data.read();
    if (!use) return tl::unexpected(use.error());
    engine::EvaluateOptions options;
    options.data = std::move(*use);
    options.compress = compress;
    ProgressLine line;
    return engine::evaluate(*graph, *variation, *profile, options, {},
                            [&line](double share, const char* step) { line.show(share, step); });
}

}  // namespace app
