// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Random Variations of all knobs, each in range; the same ones for the same seeds.

#include <rapidcheck.h>

#include "types/variation.h"

namespace surgery {

/// A share in hundredths, from `low` to `high`.
inline double randomShare(int low, int high) {
    return *rc::gen::inRange(low, high + 1) / 100.0;
}

template <typename Choice>
Choice randomChoice(std::initializer_list<Choice> choices) {
    return *rc::gen::elementOf(std::vector<Choice>(choices));
}

inline bool randomBool() {
    return *rc::gen::arbitrary<bool>();
}

inline types::Precision randomPrecision() {
    using types::Precision;
    return randomChoice({Precision::AsStored, Precision::Float32, Precision::Int8,
                         Precision::Int16x8, Precision::Int8W4});
}

inline types::LayerKnobs randomLayerKnobs() {
    types::LayerKnobs knobs;
    if (randomBool()) knobs.width = randomShare(10, 100);
    if (randomBool()) knobs.pruneChannels = randomShare(0, 90);
    if (randomBool()) knobs.pruneWeights = randomShare(0, 90);
    if (randomBool()) knobs.precision = randomPrecision();
    return knobs;
}

inline types::PruneKnobs randomPrune() {
    using types::ImportanceMeasure;
    types::PruneKnobs prune;
    if (randomBool()) prune.channels = randomShare(0, 75);
    if (randomBool()) prune.weights = randomShare(0, 90);
    prune.measure =
        randomChoice({ImportanceMeasure::L1, ImportanceMeasure::L2,
                      ImportanceMeasure::GeometricMedian, ImportanceMeasure::Sensitivity});
    prune.scope = randomChoice({types::PruneScope::PerLayer, types::PruneScope::Global});
    prune.recover = randomBool();
    return prune;
}

inline types::QuantizeKnobs randomQuantize() {
    using types::RangeMethod;
    types::QuantizeKnobs quantize;
    quantize.precision = randomPrecision();
    quantize.perChannel = randomBool();
    quantize.ranges = randomChoice({RangeMethod::MinMax, RangeMethod::Percentile,
                                    RangeMethod::MeanSquaredError, RangeMethod::Entropy});
    quantize.percentile = 100 - randomShare(0, 1000);
    quantize.equalize = randomBool();
    quantize.correctBias = randomBool();
    quantize.reconstruct = randomBool();
    if (randomBool()) quantize.inputType = types::DataType::Float32;
    if (randomBool()) quantize.outputType = types::DataType::Float32;
    return quantize;
}

/// Layer knobs name layers below `layers`.
inline types::Variation randomVariation(int32_t layers) {
    types::Variation variation;
    if (randomBool()) variation.width = randomShare(10, 100);
    if (randomBool()) variation.inputSize = {*rc::gen::inRange(1, 200), *rc::gen::inRange(1, 200)};
    variation.channelMultiple = *rc::gen::inRange(1, 9);
    variation.prune = randomPrune();
    variation.quantize = randomQuantize();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        variation.layers[*rc::gen::inRange(0, layers)] = randomLayerKnobs();
    return variation;
}

inline types::Variation variationOf(uint64_t seed, int32_t layers) {
    const auto generator = rc::gen::exec([layers] { return randomVariation(layers); });
    return generator(rc::Random(seed), rc::kNominalSize).value();
}

}  // namespace surgery
