// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/axis_ticks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "views/number_format.h"

namespace views {
namespace {

constexpr double kWantedTicks = 6;
constexpr std::array<double, 3> kRound = {1, 2, 5};
constexpr double kSlack = 1e-9;  // tolerance for rounding errors of round bounds

double powerBelow(double value) {
    return std::pow(10.0, std::floor(std::log10(value) + kSlack));
}

/// The round number at or below `value` > 0.
double roundBelow(double value) {
    const double power = powerBelow(value);
    double best = power;
    for (double factor : kRound)
        if (factor * power <= value * (1 + kSlack)) best = factor * power;
    return best;
}

double roundAbove(double value) {
    const double power = powerBelow(value);
    for (double factor : kRound)
        if (factor * power >= value * (1 - kSlack)) return factor * power;
    return 10 * power;
}

double stepOf(const AxisRange& range) {
    return roundAbove((range.high - range.low) / kWantedTicks);
}

QString textOf(double value) {
    const double size = std::abs(value);
    if (size >= 1e5) return tickText(Unit::Count, value);
    if (size >= 1000) return grouped(std::llround(value));
    if (size > 0 && size < 0.01) return QString::number(value, 'g', 2);
    return tickText(Unit::Number, value);
}

std::vector<AxisTick> logTicks(const AxisRange& range) {
    // Over many decades 2 and 5 would crowd the axis.
    const double decades = std::log10(range.high / range.low);
    const size_t factors = decades > 2.5 ? 1 : kRound.size();
    const double stride = std::pow(10.0, std::max(1.0, std::ceil(decades / 8)));
    std::vector<AxisTick> ticks;
    for (double power = powerBelow(range.low); power <= range.high * (1 + kSlack); power *= stride)
        for (size_t i = 0; i < factors; ++i) {
            const double value = kRound[i] * power;
            if (value >= range.low * (1 - kSlack) && value <= range.high * (1 + kSlack))
                ticks.push_back({value, textOf(value)});
        }
    return ticks;
}

}  // namespace

double AxisRange::shareOf(double value) const {
    if (!logarithmic) return (value - low) / (high - low);
    return std::log(std::max(value, low * 1e-3) / low) / std::log(high / low);
}

AxisRange roundRange(double lowest, double highest, bool logarithmic) {
    if (logarithmic) {
        AxisRange range{roundBelow(lowest), roundAbove(highest), true};
        if (range.low == range.high) range.high *= 10;
        return range;
    }
    if (highest <= lowest) {
        const double room = lowest == 0 ? 1 : std::abs(lowest) / 2;
        lowest -= room;
        highest += room;
    }
    if (lowest > 0 && lowest < (highest - lowest)) lowest = 0;
    const double step = stepOf({lowest, highest, false});
    return {std::floor(lowest / step + kSlack) * step, std::ceil(highest / step - kSlack) * step,
            false};
}

std::vector<AxisTick> axisTicks(const AxisRange& range) {
    if (range.logarithmic) return logTicks(range);
    const double step = stepOf(range);
    std::vector<AxisTick> ticks;
    for (double at = std::ceil(range.low / step - kSlack); at * step <= range.high + step * kSlack;
         ++at)
        ticks.push_back({at * step, textOf(at * step)});
    return ticks;
}

}  // namespace views
