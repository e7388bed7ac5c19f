// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/vary_on_data.h"

#include "engine/train_on_data.h"
#include "transform/apply.h"

namespace engine {

using namespace types;

Result<VariedOnData> varyOnData(const GraphPtr& graph, const Variation& variation,
                                const scoring::SampleSelection& data, const Work& work,
                                const TrainingControl& control) {
    const auto chosen = scoring::chooseSamples(*graph, variation, data);
    if (!chosen) return tl::unexpected(chosen.error());
    if (variation.train.isSet()) return trainOnData(graph, variation, *chosen, control, work);
    auto varied = transform::apply(graph, variation, {chosen->calibration, work});
    if (!varied) return tl::unexpected(varied.error());
    return VariedOnData{std::move(varied->graph),
                        std::move(varied->changes),
                        chosen->calibration ? chosen->calibration->source : std::string(),
                        chosen->evaluation,
                        {},
                        {}};
}

}  // namespace engine
