// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/number_format.h"

#include <QLocale>
#include <QRegularExpression>
#include <array>
#include <cmath>
#include <span>

#include "types/number_text.h"

namespace views {
namespace {

struct Step {
    double size;
    const char* name;
};

constexpr std::array<Step, 4> kCountSteps = {{{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}}};
constexpr std::array<Step, 4> kByteSteps = {
    {{1, "bytes"}, {1024, "KiB"}, {1024.0 * 1024, "MiB"}, {1024.0 * 1024 * 1024, "GiB"}}};
constexpr std::array<Step, 3> kTimeSteps = {{{1, "µs"}, {1e3, "ms"}, {1e6, "s"}}};
constexpr std::array<Step, 3> kEnergySteps = {{{1, "µJ"}, {1e3, "mJ"}, {1e6, "J"}}};
constexpr std::array<Step, 3> kPowerSteps = {{{1, "µW"}, {1e3, "mW"}, {1e6, "W"}}};
constexpr std::array<Step, 3> kLongTimeSteps = {
    {{1, "hours"}, {24, "days"}, {24 * 365.25, "years"}}};
constexpr std::array<Step, 1> kShareSteps = {{{0.01, "%"}}};
constexpr std::array<Step, 1> kDecibelSteps = {{{1, "dB"}}};
constexpr std::array<Step, 1> kNumberSteps = {{{1, ""}}};

std::span<const Step> stepsOf(Unit unit) {
    switch (unit) {
        case Unit::Count:
            return kCountSteps;
        case Unit::Bytes:
            return kByteSteps;
        case Unit::Microseconds:
            return kTimeSteps;
        case Unit::Microjoules:
            return kEnergySteps;
        case Unit::Microwatts:
            return kPowerSteps;
        case Unit::Hours:
            return kLongTimeSteps;
        case Unit::Share:
            return kShareSteps;
        case Unit::Decibels:
            return kDecibelSteps;
        case Unit::Number:
            break;
    }
    return kNumberSteps;
}

/// The largest step that keeps three digits before rounding below 1000 (1023.6 bytes is 1 KiB).
Step stepFor(Unit unit, double magnitude) {
    const auto steps = stepsOf(unit);
    Step best = steps.front();
    for (const Step& step : steps)
        if (magnitude >= step.size * 0.9995) best = step;
    return best;
}

int decimalsFor(double magnitude) {
    if (magnitude == 0 || magnitude >= 99.95) return 0;
    if (magnitude >= 9.995) return 1;
    return magnitude >= 0.9995 ? 2 : 3;
}

QString withMinus(QString text) {
    return text.replace('-', kMinus);
}

QString fixed(double value, int decimals) {
    QLocale locale(QLocale::English, QLocale::UnitedStates);
    return withMinus(locale.toString(value, 'f', decimals));
}

/// "+1.2", "−0.4": always with a sign.
QString signedText(double value, int decimals) {
    return (value < 0 ? QString(kMinus) : QStringLiteral("+")) + fixed(std::abs(value), decimals);
}

int exactDecimals(Unit unit) {
    if (unit == Unit::Number) return 6;
    return unit == Unit::Count || unit == Unit::Bytes ? 0 : 1;
}

/// Shares are stored as 0..1 and always shown in per cent.
double shownValue(Unit unit, double value) {
    return unit == Unit::Share ? value * 100 : value;
}

}  // namespace

const QString kUnknown = QString(QChar(0x2014));

QString grouped(int64_t value) {
    return withMinus(QString::fromStdString(types::grouped(value)));
}

QString unitName(Unit unit) {
    return QString::fromUtf8(stepsOf(unit).front().name);
}

QString shortText(Unit unit, double value) {
    const Step step = stepFor(unit, std::abs(value));
    const double scaled = value / step.size;
    const bool whole = step.size == 1 && (unit == Unit::Count || unit == Unit::Bytes);
    const QString number = fixed(scaled, whole ? 0 : decimalsFor(std::abs(scaled)));
    const QString name = QString::fromUtf8(step.name);
    return name.isEmpty() ? number : number + ' ' + name;
}

QString tickText(Unit unit, double value) {
    static const QRegularExpression zeros("(\\.\\d*?)0+(?= |$)"), point("\\.(?= |$)");
    return shortText(unit, value).replace(zeros, "\\1").remove(point);
}

QString exactNumber(Unit unit, double value) {
    return fixed(shownValue(unit, value), exactDecimals(unit));
}

QString exactText(Unit unit, double value) {
    const QString name = unitName(unit);
    return name.isEmpty() ? exactNumber(unit, value) : exactNumber(unit, value) + ' ' + name;
}

QString plainNumber(Unit unit, double value) {
    return QString::number(shownValue(unit, value), 'f', exactDecimals(unit));
}

QString figureText(double value) {
    const bool isWhole = value == std::floor(value) && std::abs(value) < 1e15;
    if (isWhole || std::abs(value) >= 1000) return grouped(std::llround(value));
    return withMinus(QString::number(value, 'g', 4));
}

QString percentText(double percent, char format, int precision) {
    return withMinus(QString::number(percent, format, precision)) + " %";
}

QString signedPercentText(double percent, int decimals) {
    return signedText(percent, decimals) + " %";
}

QString changeText(double now, double before) {
    const double percent = (now / before - 1) * 100;
    if (now == before) return QStringLiteral("no change");
    const double size = std::abs(percent);
    return signedPercentText(percent, size < 0.095 ? 2 : size < 9.95 ? 1 : 0);
}

QString pointsText(double now, double before) {
    const double points = (now - before) * 100;
    if (now == before) return QStringLiteral("no change");
    return signedText(points, 1) + " points";
}

AxisScale axisScale(Unit unit, double largest) {
    const Step step = stepFor(unit, std::abs(largest));
    return {step.size, QString::fromUtf8(step.name)};
}

}  // namespace views
