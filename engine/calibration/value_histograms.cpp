// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/value_histograms.h"

#include <algorithm>
#include <cmath>

#include "analysis/real_values.h"
#include "calibration/observe.h"

namespace calibration {
namespace {

using types::ValueHistogram;

constexpr int32_t kMostBins = 48;

/// Bins for values in [low, high]: whole numbers of codes where there is one scale.
ValueHistogram emptyHistogram(const types::Tensor& tensor, double low, double high) {
    ValueHistogram histogram;
    histogram.low = low;
    histogram.high = high;
    if (!(low < high)) return histogram;
    double width = (high - low) / kMostBins;
    size_t bins = kMostBins;
    histogram.binsFrom = low;
    if (tensor.quantization.scale.size() == 1 && tensor.quantization.scale[0] > 0) {
        const double scale = double{tensor.quantization.scale[0]};
        const double codes = std::round((high - low) / scale) + 1;
        const double perBin = std::ceil(codes / kMostBins);
        bins = static_cast<size_t>(std::ceil(codes / perBin));
        width = perBin * scale;
        histogram.binsFrom = low - scale / 2;
    }
    histogram.binWidth = width;
    histogram.counts.assign(bins, 0);
    return histogram;
}

/// Sums for mean and deviation, about a point near the values so that nothing cancels.
class ValueMoments {
public:
    explicit ValueMoments(double about) : m_about(about) {}
    void add(double value, int64_t count) {
        m_count += count;
        m_sum += double(count) * (value - m_about);
        m_squares += double(count) * (value - m_about) * (value - m_about);
    }
    void write(ValueHistogram& histogram) const {
        histogram.values = m_count;
        if (m_count == 0) return;
        const double mean = m_sum / double(m_count);
        histogram.mean = m_about + mean;
        histogram.deviation = std::sqrt(std::max(0.0, m_squares / double(m_count) - mean * mean));
    }

private:
    double m_about, m_sum = 0, m_squares = 0;
    int64_t m_count = 0;
};

void count(ValueHistogram& histogram, double value, int64_t times) {
    if (histogram.counts.empty()) return;
    const double place = (value - histogram.binsFrom) / histogram.binWidth;
    const double last = static_cast<double>(histogram.counts.size() - 1);
    histogram.counts[static_cast<size_t>(std::clamp(std::floor(place), 0.0, last))] += times;
}

ValueHistogram histogramOf(const types::Tensor& tensor, const Observed& seen) {
    ValueHistogram histogram = emptyHistogram(tensor, double{seen.low}, double{seen.high});
    ValueMoments moments((histogram.low + histogram.high) / 2);
    const auto& fine = seen.histogram.counts();
    for (size_t bin = 0; bin < fine.size(); ++bin) {
        if (fine[bin] == 0) continue;
        const double value = seen.histogram.middle(bin);
        count(histogram, value, fine[bin]);
        moments.add(value, fine[bin]);
        if (std::abs(value) <= seen.histogram.width() / 2) histogram.zeros += fine[bin];
    }
    moments.write(histogram);
    return histogram;
}

}  // namespace

std::optional<ValueHistogram> constantHistogram(const types::Graph& graph, int32_t tensor) {
    std::vector<float> values = analysis::constantValues(graph, tensor);
    std::erase_if(values, [](float value) { return !std::isfinite(value); });
    if (values.empty()) return std::nullopt;
    const auto [low, high] = std::ranges::minmax(values);
    ValueHistogram histogram = emptyHistogram(graph.tensor(tensor), double{low}, double{high});
    histogram.tensor = tensor;
    ValueMoments moments((double{low} + double{high}) / 2);
    for (float value : values) {
        count(histogram, double{value}, 1);
        moments.add(double{value}, 1);
        histogram.zeros += value == 0;
    }
    moments.write(histogram);
    return histogram;
}

types::Result<std::vector<ValueHistogram>> activationHistograms(const types::Graph& graph,
                                                                const std::vector<int32_t>& tensors,
                                                                const RealInputs& inputs,
                                                                const types::Work& work) {
    const auto seen = observe(graph, tensors, inputs.samples, true, work);
    if (!seen) return tl::unexpected(seen.error());
    std::vector<ValueHistogram> histograms;
    for (int32_t tensor : tensors) {
        histograms.push_back(histogramOf(graph.tensor(tensor), seen->at(tensor)));
        histograms.back().tensor = tensor;
        histograms.back().source = inputs.source;
    }
    return histograms;
}

}  // namespace calibration
