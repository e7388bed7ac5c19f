// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learning_set.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "data/sample_values.h"

namespace engine {
namespace {

using namespace types;
using learning::TrainingSet;

/// Reads samples for one model input, and keeps them where there is room.
class PartReader {
public:
    PartReader(const data::Dataset& dataset, Tensor input)
        : m_dataset(dataset), m_input(std::move(input)) {
        const auto size = static_cast<size_t>(elementCount(m_input.shape));
        m_keeps = size * sizeof(float) * dataset.samples.size() <= kSampleMemory;
        m_kept.resize(m_keeps ? dataset.samples.size() : 0);
    }

    Result<void> read(size_t sample, std::span<float> values) {
        if (m_keeps && !m_kept[sample].empty()) {
            std::copy(m_kept[sample].begin(), m_kept[sample].end(), values.begin());
            return {};
        }
        auto converted = data::toReal(m_dataset.samples[sample], m_input);
        if (!converted) return tl::unexpected(converted.error());
        if (std::any_of(converted->begin(), converted->end(),
                        [](float value) { return !std::isfinite(value); }))
            return fail("holds values that are no numbers (NaN or infinite)",
                        m_dataset.samples[sample].name, "mend the sample or leave it out");
        std::copy(converted->begin(), converted->end(), values.begin());
        if (m_keeps) m_kept[sample] = std::move(*converted);
        return {};
    }

private:
    const data::Dataset& m_dataset;
    Tensor m_input;
    bool m_keeps = true;
    std::vector<std::vector<float>> m_kept;
};

std::vector<float> targetOf(const data::Sample& sample, const Lesson& lesson) {
    if (!sample.target.empty()) return sample.target;
    if (lesson.outputs == 1) return {static_cast<float>(sample.label)};
    std::vector<float> shares(static_cast<size_t>(lesson.outputs));
    shares[static_cast<size_t>(sample.label)] = 1;
    return shares;
}

}  // namespace

TrainingSet learningSet(const data::Dataset& dataset, const Lesson& lesson, const Tensor& input) {
    TrainingSet set;
    set.count = dataset.samples.size();
    set.reconstructs = lesson.reconstructs;
    const auto reader = std::make_shared<PartReader>(dataset, input);
    set.read = [reader](size_t sample, std::span<float> values) {
        return reader->read(sample, values);
    };
    if (!lesson.isKnown || lesson.reconstructs) return set;
    for (const data::Sample& sample : dataset.samples) {
        if (lesson.kind == learning::LossKind::Choice)
            set.labels.push_back(sample.label);
        else
            set.targets.push_back(targetOf(sample, lesson));
    }
    return set;
}

}  // namespace engine
