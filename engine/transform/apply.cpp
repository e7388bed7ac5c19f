// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/apply.h"

#include <iterator>

#include "calibration/model_inputs.h"
#include "quantize/quantize_graph.h"
#include "transform/channels/narrow.h"
#include "transform/document/check_knobs.h"
#include "transform/input_size.h"
#include "transform/zero_weights.h"

namespace transform {

using types::GraphPtr;
using types::Result;
using types::Variation;

namespace {

/// One knob or family of knobs. Returns the same graph where it has nothing to do; adds its effects
/// to `changes`.
using Step = Result<GraphPtr> (*)(const GraphPtr& graph, const Variation& variation,
                                  const ApplyContext& context, std::vector<std::string>& changes);

Result<GraphPtr> quantizeLast(const GraphPtr& graph, const Variation& variation,
                              const ApplyContext& context, std::vector<std::string>& changes) {
    return quantize::quantize(graph, variation, context.calibration, context.work, changes);
}

/// In the order of types/variation.h.
constexpr Step kSteps[] = {resizeInput, narrow, zeroWeights, quantizeLast};

}  // namespace

Result<Varied> apply(const GraphPtr& graph, const Variation& variation,
                     const ApplyContext& context) {
    if (auto sound = checkKnobs(*graph, variation); !sound) return tl::unexpected(sound.error());
    Varied varied{graph, {}};
    if (variation.isIdentity()) return varied;
    ApplyContext fitting = context;
    if (context.calibration) {
        auto fits = calibration::checkInputs(*graph, *context.calibration);
        if (!fits) return tl::unexpected(fits.error());
        fitting.calibration = resizeSamples(*graph, variation, context.calibration);
    }
    constexpr double kStep = 1.0 / std::size(kSteps);
    for (size_t i = 0; i < std::size(kSteps); ++i) {
        if (context.work.isStopped()) return types::cancelled();
        const auto from = static_cast<double>(i) * kStep;
        auto next =
            kSteps[i](varied.graph, variation, fitting.part(from, from + kStep), varied.changes);
        if (!next) return tl::unexpected(next.error());
        varied.graph = std::move(*next);
    }
    return varied;
}

}  // namespace transform
