// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words of a duty cycle: its period as a user writes it, and what it costs over time. Periods
// in milliseconds; 0: none chosen.

#include <QString>
#include <optional>

#include "types/duty_cycle.h"
#include "types/evaluation.h"

namespace views {

/// "250 ms", "1.5 s", "2 min", "1 h": exact to the microsecond, in the largest unit that tells it
/// with at most three decimals.
QString periodText(double periodMs);
/// The milliseconds of such a text; without a unit they are milliseconds. Nothing where it is none,
/// nor where it has a comma, which is a decimal point to some and groups digits for others.
std::optional<double> parsePeriod(const QString& text);
/// The next longer or shorter of 1, 2, 5, 10, 20, 50, ... ms. From 0 upwards it is a second,
/// downwards from 1 ms it is 0.
double nextPeriod(double periodMs, bool isLonger);

/// One line each but for the warning and the doubt, so that what stands below them keeps its place
/// while a knob is dragged. Empty where unknown.
struct DutyText {
    QString power;     ///< "5.87 mW on average ± 51.3 %"
    QString activity;  ///< "Active 3.62 % of the time", "Too slow: one inference takes 36.2 ms"
    QString battery;   ///< "Battery: 4.79 days, 3.17 to 9.83 days"
    QString warning;   ///< an inference does not end before the next is to begin; or it may not
    QString doubt;     ///< what is not known
};

/// `evaluation`: what the cost was computed from.
DutyText dutyText(const types::DutyCost& cost, const types::Evaluation& evaluation);

}  // namespace views
