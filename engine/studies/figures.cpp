// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/figures.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>

namespace studies {
namespace {

double meanOf(const std::vector<DataPoint>& samples, double DataPoint::*field) {
    double sum = 0;
    for (const DataPoint& sample : samples)
        sum += sample.*field;
    return sum / static_cast<double>(samples.size());
}

}  // namespace

LineFit lineErrors(double slope, double intercept, const std::vector<DataPoint>& samples) {
    LineFit fit;
    fit.count = samples.size();
    fit.slope = slope;
    fit.intercept = intercept;
    const double mean = meanOf(samples, &DataPoint::y);
    double left = 0, total = 0;
    for (size_t i = 0; i < samples.size(); ++i) {
        const double predicted = fit.at(samples[i].x), y = samples[i].y;
        left += (predicted - y) * (predicted - y);
        total += (y - mean) * (y - mean);
        const double percent = 100 * std::abs(predicted / y - 1);
        fit.mapePercent += percent / static_cast<double>(samples.size());
        if (percent <= fit.worstPercent) continue;
        fit.worstPercent = percent;
        fit.worst = i;
    }
    fit.r2 = total > 0 ? 1 - left / total : 0;
    return fit;
}

LineFit fitLine(const std::vector<DataPoint>& samples) {
    const double meanX = meanOf(samples, &DataPoint::x), meanY = meanOf(samples, &DataPoint::y);
    double across = 0, both = 0;
    for (const DataPoint& sample : samples) {
        across += (sample.x - meanX) * (sample.x - meanX);
        both += (sample.x - meanX) * (sample.y - meanY);
    }
    const double slope = across > 0 ? both / across : 0;
    return lineErrors(slope, meanY - slope * meanX, samples);
}

LineFit fitThroughOrigin(const std::vector<DataPoint>& samples) {
    double across = 0, both = 0;
    for (const DataPoint& sample : samples) {
        across += sample.x * sample.x;
        both += sample.x * sample.y;
    }
    return lineErrors(across > 0 ? both / across : 0, 0, samples);
}

Scatter scatterOf(const std::vector<double>& values) {
    Scatter scatter;
    scatter.count = values.size();
    const double count = static_cast<double>(values.size());
    scatter.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (double value : values)
        squares += (value - scatter.mean) * (value - scatter.mean);
    const double sigma = std::sqrt(squares / count);
    scatter.relative = sigma / scatter.mean;
    const boost::math::chi_squared law(count - 1);
    constexpr double kTail = 0.025;
    scatter.low = scatter.relative * std::sqrt(count / boost::math::quantile(law, 1 - kTail));
    scatter.high = scatter.relative * std::sqrt(count / boost::math::quantile(law, kTail));
    return scatter;
}

std::string r2Text(double r2) {
    return types::fixedText(r2, r2 > 0.99 ? 4 : 3);
}

}  // namespace studies
