// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/losses.h"

#include <algorithm>
#include <cmath>

namespace learning {
namespace {

/// log softmax(scores / temperature).
void logShares(std::span<const float> scores, double temperature, std::vector<double>& logs) {
    const double greatest = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (float score : scores)
        sum += std::exp((score - greatest) / temperature);
    logs.resize(scores.size());
    for (size_t i = 0; i < scores.size(); ++i)
        logs[i] = (scores[i] - greatest) / temperature - std::log(sum);
}

/// Cross-entropy against one label; adds its gradient times `weight`.
double addLabel(const std::vector<double>& logs, int32_t label, double weight,
                std::span<float> gradient) {
    if (weight == 0) return 0;
    const auto own = static_cast<size_t>(label);
    for (size_t i = 0; i < logs.size(); ++i)
        gradient[i] += static_cast<float>(weight * (std::exp(logs[i]) - (i == own)));
    return -weight * logs[own];
}

/// Divergence from the teacher's softened shares, times the squared temperature.
double addTeacher(std::span<const float> scores, std::span<const float> teacher, double temperature,
                  double weight, std::span<float> gradient) {
    thread_local std::vector<double> own, wanted;
    logShares(scores, temperature, own);
    logShares(teacher, temperature, wanted);
    double loss = 0;
    for (size_t i = 0; i < own.size(); ++i) {
        const double share = std::exp(wanted[i]);
        loss += share * (wanted[i] - own[i]);
        gradient[i] += static_cast<float>(weight * temperature * (std::exp(own[i]) - share));
    }
    return weight * temperature * temperature * loss;
}

double addSquares(std::span<const float> values, std::span<const float> wanted, double weight,
                  std::span<float> gradient) {
    const double scale = weight / static_cast<double>(values.size());
    double loss = 0;
    for (size_t i = 0; i < values.size(); ++i) {
        const double difference = double(values[i]) - double(wanted[i]);
        loss += scale * difference * difference;
        gradient[i] += static_cast<float>(2 * scale * difference);
    }
    return loss;
}

/// One sample, its outputs, and the weights of what is known about it.
struct Sample {
    size_t index;
    std::span<const float> outputs;
    std::span<float> gradient;
    double known, teacher;
};

double choiceLoss(const LossOptions& options, const Wanted& wanted, const Sample& s) {
    const auto weightOf = [&](int32_t label) {
        return options.classWeights.empty() ? 1.0 : double(options.classWeights[size_t(label)]);
    };
    double loss = 0;
    if (s.known > 0) {
        thread_local std::vector<double> logs;
        logShares(s.outputs, 1, logs);
        const int32_t label = wanted.labels[s.index];
        const int32_t other = wanted.otherLabels.empty() ? -1 : wanted.otherLabels[s.index];
        const double mixed = other >= 0 ? double(wanted.mixed[s.index]) : 0;
        loss += addLabel(logs, label, s.known * (1 - mixed) * weightOf(label), s.gradient);
        if (other >= 0)
            loss += addLabel(logs, other, s.known * mixed * weightOf(other), s.gradient);
    }
    if (s.teacher > 0)
        loss += addTeacher(s.outputs,
                           wanted.teacher.subspan(s.index * s.outputs.size(), s.outputs.size()),
                           options.temperature, s.teacher, s.gradient);
    return loss;
}

double valueLoss(const Wanted& wanted, const Sample& s) {
    const size_t size = s.outputs.size(), first = s.index * size;
    double loss = 0;
    if (s.known > 0)
        loss += addSquares(s.outputs, std::span(wanted.targets).subspan(first, size), s.known,
                           s.gradient);
    if (s.teacher > 0)
        loss += addSquares(s.outputs, wanted.teacher.subspan(first, size), s.teacher, s.gradient);
    return loss;
}

}  // namespace

double lossOf(const LossOptions& options, size_t samples, std::span<const float> outputs,
              const Wanted& wanted, std::span<float> gradient) {
    const size_t size = outputs.size() / samples;
    const bool isChoice = options.kind == LossKind::Choice;
    std::fill(gradient.begin(), gradient.end(), 0.0f);
    double loss = 0;
    for (size_t i = 0; i < samples; ++i) {
        const bool isKnown =
            isChoice ? !wanted.labels.empty() && wanted.labels[i] >= 0 : !wanted.targets.empty();
        const bool isTaught = !wanted.teacher.empty();
        const double known = !isKnown ? 0 : isTaught ? options.labelShare : 1;
        const Sample sample{i, outputs.subspan(i * size, size), gradient.subspan(i * size, size),
                            known, isTaught ? 1 - known : 0};
        loss += isChoice ? choiceLoss(options, wanted, sample) : valueLoss(wanted, sample);
    }
    for (float& value : gradient)
        value /= static_cast<float>(samples);
    return loss / static_cast<double>(samples);
}

std::vector<float> classWeights(std::span<const int32_t> labels, int32_t classes) {
    std::vector<double> counts(static_cast<size_t>(classes));
    double all = 0;
    for (int32_t label : labels)
        if (label >= 0) ++counts[static_cast<size_t>(label)], ++all;
    double most = 0, least = all;
    for (double count : counts)
        if (count > 0) most = std::max(most, count), least = std::min(least, count);
    if (most <= 3 * least) return {};
    double sum = 0;
    for (double count : counts)
        sum += std::sqrt(count);
    std::vector<float> weights;
    for (double count : counts)
        weights.push_back(static_cast<float>(count > 0 ? all / sum / std::sqrt(count) : 0));
    return weights;
}

}  // namespace learning
