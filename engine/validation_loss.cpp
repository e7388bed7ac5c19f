// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation_loss.h"

#include <algorithm>

#include "calibration/run_samples.h"
#include "learning/network.h"

namespace engine {

using namespace types;

Result<ValidationLoss> ValidationLoss::create(const learning::TrainingSet& set,
                                              const learning::LossOptions& options,
                                              const Graph& student, const Graph* teacher,
                                              const Work& work) {
    constexpr size_t kMost = 1000;
    ValidationLoss loss;
    loss.m_options = options;
    const auto size = static_cast<size_t>(elementCount(student.tensor(student.inputs[0]).shape));
    // Samples of a dataset may stand class by class.
    const size_t step = std::max<size_t>((set.count + kMost - 1) / kMost, 1);
    for (size_t i = 0; i < set.count; i += step) {
        std::vector<float> values(size);
        if (auto read = set.read(i, values); !read) return tl::unexpected(read.error());
        if (!set.labels.empty()) loss.m_wanted.labels.push_back(set.labels[i]);
        auto& targets = loss.m_wanted.targets;
        if (set.reconstructs)
            targets.insert(targets.end(), values.begin(), values.end());
        else if (!set.targets.empty())
            targets.insert(targets.end(), set.targets[i].begin(), set.targets[i].end());
        loss.m_samples.push_back({std::move(values)});
    }
    if (!teacher) return loss;
    auto scores = loss.scoresOf(*teacher, work);
    if (!scores) return tl::unexpected(scores.error());
    loss.m_teacher = std::move(*scores);
    return loss;
}

Result<std::vector<float>> ValidationLoss::scoresOf(const Graph& model, const Work& work) const {
    const bool isChoice = m_options.kind == learning::LossKind::Choice;
    const int32_t tensor = isChoice ? learning::scoreTensors(model)[0] : model.outputs[0];
    const auto size = static_cast<size_t>(elementCount(model.tensor(tensor).shape));
    std::vector<float> scores(size * m_samples.size());
    const auto visit = [&](size_t sample, size_t, std::span<const float> values) {
        std::copy(values.begin(), values.end(), scores.begin() + std::ptrdiff_t(sample * size));
    };
    auto ran = calibration::runSamples(model, {tensor}, m_samples, visit, work);
    if (!ran) return tl::unexpected(ran.error());
    return scores;
}

Result<double> ValidationLoss::of(const Graph& model, const Work& work) const {
    const auto scores = scoresOf(model, work);
    if (!scores) return tl::unexpected(scores.error());
    learning::Wanted wanted = m_wanted;
    wanted.teacher = m_teacher;
    std::vector<float> unused(scores->size());
    return learning::lossOf(m_options, m_samples.size(), *scores, wanted, unused);
}

}  // namespace engine
