// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/duty_text.h"

#include <QObject>
#include <QRegularExpression>
#include <array>
#include <cmath>

#include "views/metric.h"

namespace views {
namespace {

using types::DutyCost;
using types::Estimate;

struct PeriodUnit {
    double ms;
    const char* name;
};

constexpr std::array<PeriodUnit, 4> kPeriodUnits = {
    {{1, "ms"}, {1e3, "s"}, {60e3, "min"}, {3600e3, "h"}}};

/// First period of "up" without a period.
constexpr double kFirstPeriodMs = 1000;
constexpr double kShortestMs = 1;

bool hasThreeDecimals(double value) {
    return std::abs(value * 1e3 - std::round(value * 1e3)) < 1e-6;
}

QString timeText(double us) {
    return shortText(Unit::Microseconds, us);
}

QString powerLine(const Estimate& milliwatts) {
    const double half = (milliwatts.high - milliwatts.low) / 2 / milliwatts.value;
    return QObject::tr("%1 on average ± %2")
        .arg(shortText(Unit::Microwatts, milliwatts.value * 1e3), shortText(Unit::Share, half));
}

/// All values in one unit: the band is easier to read and fits its line.
QString batteryLine(const Estimate& hours) {
    const AxisScale scale = axisScale(Unit::Hours, hours.value);
    const auto number = [&](double value) {
        return shortText(Unit::Number, value / scale.divisor);
    };
    const QString line = QObject::tr("Battery: %1 %2").arg(number(hours.value), scale.name);
    const QString low = number(hours.low);
    if (!std::isfinite(hours.high))
        return QObject::tr("%1, at least %2 %3").arg(line, low, scale.name);
    return QObject::tr("%1, %2 to %3 %4").arg(line, low, number(hours.high), scale.name);
}

QString activityLine(const DutyCost& cost, const Estimate& latencyUs) {
    if (!cost.keepsUp())
        return QObject::tr("Too slow: one inference takes %1").arg(timeText(latencyUs.value));
    const QString active =
        QObject::tr("Active %1 of the time").arg(shortText(Unit::Share, cost.periodShare->value));
    return cost.mayFallBehind() ? QObject::tr("%1, may be late").arg(active) : active;
}

QString warning(const DutyCost& cost, const Estimate& latencyUs) {
    const QString period = periodText(cost.cycle.periodMs);
    if (!cost.keepsUp())
        return QObject::tr(
                   "One inference takes %1, longer than %2: it does not end before the next is to "
                   "begin")
            .arg(timeText(latencyUs.value), period);
    if (cost.mayFallBehind())
        return QObject::tr(
                   "One inference may take up to %1: it may not end before the next is to begin")
            .arg(timeText(latencyUs.high));
    return {};
}

QString doubt(const DutyCost& cost, const types::Evaluation& evaluation) {
    if (!cost.periodShare)
        return QObject::tr("Average power is unknown, because the latency is: %1")
            .arg(read(Metric::LatencyUs, evaluation).reason);
    if (!cost.averagePowerMw)
        return QObject::tr("Average power is unknown, because the energy is: %1")
            .arg(read(Metric::EnergyUj, evaluation).reason);
    if (cost.cycle.sleepPowerMw <= 0)
        return QObject::tr(
            "Power asleep is unknown and counted as none: the true average is higher");
    return {};
}

}  // namespace

QString periodText(double periodMs) {
    PeriodUnit best = kPeriodUnits.front();
    for (const PeriodUnit& unit : kPeriodUnits)
        if (periodMs >= unit.ms && hasThreeDecimals(periodMs / unit.ms)) best = unit;
    return QString::number(periodMs / best.ms, 'g', 12) + ' ' + best.name;
}

std::optional<double> parsePeriod(const QString& text) {
    static const QRegularExpression form(R"(^\s*(\d+\.?\d*|\.\d+)\s*(ms|s|min|h|)\s*$)",
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text);
    if (!match.hasMatch()) return std::nullopt;
    const QString name = match.captured(2).toLower();
    const double number = match.captured(1).toDouble();
    for (const PeriodUnit& unit : kPeriodUnits)
        if (name == unit.name) return number * unit.ms;
    return number;
}

double nextPeriod(double periodMs, bool isLonger) {
    if (periodMs <= 0) return isLonger ? kFirstPeriodMs : 0;
    if (!isLonger && periodMs <= kShortestMs) return 0;
    const double decade = std::pow(10, std::floor(std::log10(periodMs) + 1e-9));
    const std::array<double, 5> steps = {decade / 2, decade, 2 * decade, 5 * decade, 10 * decade};
    double next = steps.front();
    for (double step : steps) {
        if (isLonger && step > periodMs * (1 + 1e-9)) return step;
        if (!isLonger && step < periodMs * (1 - 1e-9)) next = step;
    }
    return std::max(next, kShortestMs);
}

DutyText dutyText(const DutyCost& cost, const types::Evaluation& evaluation) {
    DutyText text;
    text.doubt = doubt(cost, evaluation);
    if (cost.averagePowerMw) text.power = powerLine(*cost.averagePowerMw);
    if (cost.batteryHours) text.battery = batteryLine(*cost.batteryHours);
    if (!cost.periodShare) return text;
    text.activity = activityLine(cost, *evaluation.totals.latencyUs);
    text.warning = warning(cost, *evaluation.totals.latencyUs);
    return text;
}

}  // namespace views
