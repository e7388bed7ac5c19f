// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Formats every number in the window, so that a quantity always looks the same. Digits are grouped
// with commas in every locale, because figures are copied into reports and issues. Short texts have
// three significant digits and their unit (cards, charts); exact texts have all digits (tables,
// tool tips).
//
// Units in: bytes, microseconds, microjoules, microwatts, hours. KiB is 1024 bytes.

#include <QString>
#include <cstdint>

namespace views {

enum class Unit {
    Count,
    Bytes,
    Microseconds,
    Microjoules,
    Microwatts,
    Hours,
    Share,
    Decibels,
    Number
};

/// Text of an unknown value; the tool tip gives the reason.
extern const QString kUnknown;

/// The typographic minus sign.
inline constexpr QChar kMinus(0x2212);

/// "2,656,768"
QString grouped(int64_t value);
/// "2.66 M", "52.7 KiB", "812 µs", "46.2 ms", "1.23 mJ", "87.5 %", "31.4 dB", "58.3 days"
QString shortText(Unit unit, double value);
/// Like shortText(), without trailing zeros: "8 KiB", for the ticks of an axis.
QString tickText(Unit unit, double value);
/// "2,656,768", "53,936 bytes", "46,213.4 µs", ...
QString exactText(Unit unit, double value);
/// Like exactText(), without the unit: for columns whose header names it.
QString exactNumber(Unit unit, double value);
/// Plain digits for files and the clipboard: no grouping, '.' as decimal point.
QString plainNumber(Unit unit, double value);
/// "bytes", "µs", ...; empty for counts.
QString unitName(Unit unit);

/// "1,556", "12,346", "3.142": counts unchanged, others with four digits; for figures of any unit.
QString figureText(double value);

/// "13 %", "0.53 %", "89.8 %": format and precision as in QString::number().
QString percentText(double percent, char format, int precision);
/// "+1.2 %", "−0.40 %": always with a sign, and so many decimals.
QString signedPercentText(double percent, int decimals);
/// "−38 %", "+0.4 %", "no change". `before` must not be zero.
QString changeText(double now, double before);
/// "−0.8 points": a change between two shares, in percentage points.
QString pointsText(double now, double before);

/// One unit for a whole axis: values are divided by `divisor`; the axis title contains `name`.
struct AxisScale {
    double divisor = 1;
    QString name;  ///< "M", "KiB", "ms"; empty: unscaled
};
AxisScale axisScale(Unit unit, double largest);

}  // namespace views
