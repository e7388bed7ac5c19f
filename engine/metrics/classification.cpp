// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/classification.h"

#include <algorithm>
#include <numeric>

#include "analysis/real_values.h"
#include "metrics/intervals.h"
#include "metrics/roc.h"

namespace metrics {
namespace {

using namespace types;

/// Top-5 for many classes, top-3 for about a dozen; with few classes top-k is meaningless.
int32_t usefulK(int32_t classes) {
    if (classes >= 20) return 5;
    return classes >= 6 ? 3 : 0;
}

size_t choiceOf(const std::vector<float>& output) {
    if (output.size() == 1) return output[0] >= 0.5f ? 1 : 0;
    return analysis::firstChoice(output);
}

/// True where fewer than k outputs rank before the label's; of equal outputs the first ranks first.
bool isAmong(const std::vector<float>& output, size_t label, int32_t k) {
    int32_t before = 0;
    for (size_t i = 0; i < output.size(); ++i)
        if (output[i] > output[label] || (output[i] == output[label] && i < label)) ++before;
    return before < k;
}

std::optional<Estimate> shareOf(int64_t hits, int64_t trials) {
    if (trials == 0) return std::nullopt;
    return wilson(hits, trials);
}

std::vector<ClassQuality> describeClasses(const std::vector<std::vector<int32_t>>& confusion,
                                          const std::vector<std::string>& names) {
    std::vector<ClassQuality> classes;
    for (size_t c = 0; c < confusion.size(); ++c) {
        ClassQuality quality;
        quality.name = c < names.size() ? names[c] : std::to_string(c);
        quality.samples = std::accumulate(confusion[c].begin(), confusion[c].end(), 0);
        int32_t chosen = 0;
        for (const auto& row : confusion)
            chosen += row[c];
        quality.recall = shareOf(confusion[c][c], quality.samples);
        quality.precision = shareOf(confusion[c][c], chosen);
        classes.push_back(std::move(quality));
    }
    return classes;
}

std::optional<Estimate> binaryAuc(const std::vector<std::vector<float>>& outputs,
                                  const std::vector<int32_t>& labels) {
    std::vector<double> scores[2];
    for (size_t i = 0; i < outputs.size(); ++i) {
        const auto& output = outputs[i];
        const double score = output.size() == 1 ? output[0] : double{output[1]} - output[0];
        scores[labels[i]].push_back(score);
    }
    return areaUnderRoc(scores[0], scores[1]);
}

}  // namespace

Quality classify(const std::vector<std::vector<float>>& outputs, const std::vector<int32_t>& labels,
                 int32_t classes, const std::vector<std::string>& names) {
    Quality quality;
    quality.samples = static_cast<int32_t>(outputs.size());
    quality.k = usefulK(classes);
    quality.confusion.assign(static_cast<size_t>(classes),
                             std::vector<int32_t>(static_cast<size_t>(classes), 0));
    int64_t right = 0, among = 0;
    for (size_t i = 0; i < outputs.size(); ++i) {
        const auto label = static_cast<size_t>(labels[i]);
        const size_t choice = choiceOf(outputs[i]);
        ++quality.confusion[label][choice];
        if (choice == label) ++right;
        if (quality.k > 0 && isAmong(outputs[i], label, quality.k)) ++among;
    }
    quality.top1 = shareOf(right, quality.samples);
    if (quality.k > 0) quality.topK = shareOf(among, quality.samples);
    quality.classes = describeClasses(quality.confusion, names);
    if (classes == 2) quality.auc = binaryAuc(outputs, labels);
    return quality;
}

}  // namespace metrics
