// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/augmentation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace learning {

using types::Augmentation;

namespace {

constexpr int32_t kLeastImage = 8;  ///< pixels of a side

struct Move {
    int32_t down = 0, right = 0;
    bool mirrored = false;
};

/// Moves a map; places that have no source take the nearest edge.
void moveMap(const AugmentationPlan& plan, const Move& move, std::span<float> values) {
    thread_local std::vector<float> source;
    source.assign(values.begin(), values.end());
    for (int32_t y = 0; y < plan.height; ++y) {
        const int32_t fromY = std::clamp(y - move.down, 0, plan.height - 1);
        for (int32_t x = 0; x < plan.width; ++x) {
            int32_t fromX = std::clamp(x - move.right, 0, plan.width - 1);
            if (move.mirrored) fromX = plan.width - 1 - fromX;
            std::copy_n(&source[size_t((fromY * plan.width + fromX) * plan.channels)],
                        plan.channels, &values[size_t((y * plan.width + x) * plan.channels)]);
        }
    }
}

/// A part of a map.
struct Patch {
    int32_t top, left, height, width;
};

void fill(const AugmentationPlan& plan, const Patch& patch, float value, std::span<float> values) {
    const int32_t bottom = std::min(patch.top + patch.height, plan.height);
    const int32_t right = std::min(patch.left + patch.width, plan.width);
    for (int32_t y = std::max(patch.top, 0); y < bottom; ++y)
        for (int32_t x = std::max(patch.left, 0); x < right; ++x)
            std::fill_n(&values[size_t((y * plan.width + x) * plan.channels)], plan.channels,
                        value);
}

using Step = types::AugmentationStep;

/// True where no step or this one is shown alone.
bool takes(const AugmentationPlan& plan, Step step) {
    return !plan.only || plan.only == step;
}

/// Whether a step that comes with some probability is due.
bool isDue(const AugmentationPlan& plan, Step step, Random& random, float probability) {
    return plan.only ? plan.only == step : random.unit() < probability;
}

float meanOf(std::span<const float> values) {
    return std::accumulate(values.begin(), values.end(), 0.0f) / float(values.size());
}

void augmentImage(const AugmentationPlan& plan, Random& random, std::span<float> values) {
    const bool shifts = takes(plan, Step::Shift);
    Move move;
    move.down = shifts ? random.shift(plan.height / 8) : 0;
    move.right = shifts ? random.shift(plan.width / 8) : 0;
    move.mirrored = plan.flips && isDue(plan, Step::Mirror, random, 0.5f);
    moveMap(plan, move, values);
    const float mean = meanOf(values), range = plan.high - plan.low;
    if (isDue(plan, Step::Brightness, random, 0.5f)) {
        const float contrast = random.between(0.8f, 1.2f);
        const float brightness = random.between(-0.1f, 0.1f) * range;
        for (float& value : values)
            value = std::clamp(mean + contrast * (value - mean) + brightness, plan.low, plan.high);
    }
    if (isDue(plan, Step::CutOut, random, 0.25f)) {
        const int32_t side = std::max(std::min(plan.height, plan.width) / 4, 1);
        const Patch patch{static_cast<int32_t>(random.below(uint64_t(plan.height))) - side / 2,
                          static_cast<int32_t>(random.below(uint64_t(plan.width))) - side / 2, side,
                          side};
        fill(plan, patch, mean, values);
    }
}

/// Mean and standard deviation of one frequency over time: bands differ by factors of ten.
struct Band {
    float mean = 0, deviation = 0;
};

Band bandOf(const AugmentationPlan& plan, int32_t band, std::span<const float> values) {
    float sum = 0, squares = 0;
    for (int32_t t = 0; t < plan.height; ++t) {
        const float value = values[size_t(t * plan.width + band)];
        sum += value, squares += value * value;
    }
    const float mean = sum / float(plan.height);
    return {mean, std::sqrt(std::max(squares / float(plan.height) - mean * mean, 0.0f))};
}

void augmentFeatures(const AugmentationPlan& plan, Random& random, std::span<float> values) {
    if (takes(plan, Step::Shift)) moveMap(plan, {random.shift(plan.height / 8), 0, false}, values);
    const auto times = isDue(plan, Step::MaskedTimes, random, 0.5f)
                           ? int32_t(random.below(uint64_t(plan.height / 8 + 1)))
                           : 0;
    const auto first = int32_t(random.below(uint64_t(plan.height)));
    const auto masked = isDue(plan, Step::MaskedBand, random, 0.25f)
                            ? int32_t(random.below(uint64_t(plan.width)))
                            : -1;
    const float noise = takes(plan, Step::Noise) ? random.between(0, 0.1f) : 0;
    for (int32_t x = 0; x < plan.width; ++x) {
        const Band band = bandOf(plan, x, values);
        for (int32_t t = 0; t < plan.height; ++t) {
            float& value = values[size_t(t * plan.width + x)];
            if (x == masked || (t >= first && t < first + times)) value = band.mean;
            value += noise * band.deviation * random.normal();
        }
    }
}

}  // namespace

AugmentationPlan augmentationFor(const types::Shape& input, bool arePixels, Augmentation asked,
                                 std::optional<bool> flip) {
    AugmentationPlan plan;
    const size_t rank = input.size();
    if (rank != 3 && rank != 4) return plan;
    plan.height = input[1];
    plan.width = input[2];
    plan.channels = rank == 4 ? input[3] : 1;
    const bool hasSides = std::min(plan.height, plan.width) >= kLeastImage;
    if (asked == Augmentation::Auto) {
        if (hasSides && ((arePixels && rank == 4) || plan.channels == 3))
            asked = Augmentation::Images;
        else if (plan.channels == 1 && plan.height != plan.width && plan.height >= kLeastImage)
            asked = Augmentation::Features;
        else
            asked = Augmentation::None;
    }
    plan.kind = asked;
    plan.flips = plan.kind == Augmentation::Images && flip.value_or(plan.channels == 3);
    return plan;
}

std::vector<types::AugmentationStep> stepsOf(const AugmentationPlan& plan) {
    if (plan.kind == Augmentation::Features)
        return {Step::Shift, Step::MaskedTimes, Step::MaskedBand, Step::Noise};
    if (plan.kind != Augmentation::Images) return {};
    std::vector<Step> steps{Step::Shift, Step::Brightness, Step::CutOut, Step::Mixture};
    if (plan.flips) steps.insert(steps.begin() + 1, Step::Mirror);
    return steps;
}

void augment(const AugmentationPlan& plan, Random& random, std::span<float> values) {
    if (plan.kind == Augmentation::Images) augmentImage(plan, random, values);
    if (plan.kind == Augmentation::Features) augmentFeatures(plan, random, values);
}

float mixIn(const AugmentationPlan& plan, Random& random, std::span<float> values,
            std::span<const float> other) {
    if (plan.kind != Augmentation::Images || !isDue(plan, Step::Mixture, random, 0.2f)) return 0;
    const float share = random.between(0.0f, 0.4f);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] += share * (other[i] - values[i]);
    return share;
}

}  // namespace learning
