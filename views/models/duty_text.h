// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Texts of a duty cycle: its period as a user writes it, and its cost over time. Periods in
// milliseconds; 0: none chosen.

#include <QString>
#include <optional>

#include "types/duty_cycle.h"
#include "types/evaluation.h"

namespace views {

/// "250 ms", "1.5 s", "2 min", "1 h": exact to the microsecond, in the largest unit with at most
/// three decimals.
QString periodText(double periodMs);
/// Parses such a text; a number without a unit means milliseconds. Nothing for other texts and for
/// commas, which are decimal points to some and group digits for others.
std::optional<double> parsePeriod(const QString& text);
/// The next longer or shorter period of 1, 2, 5, 10, 20, 50, ... ms. From 0, longer is a second;
/// from 1 ms, shorter is 0.
double nextPeriod(double periodMs, bool isLonger);

/// One line each, except warning and doubt, so that the lines below do not move while a knob is
/// dragged. Empty where unknown.
struct DutyText {
    QString power;     ///< "5.87 mW on average ± 51.3 %"
    QString activity;  ///< "Active 3.62 % of the time", "Too slow: one inference takes 36.2 ms"
    QString battery;   ///< "Battery: 4.79 days, 3.17 to 9.83 days"
    QString warning;   ///< an inference does not, or may not, end before the next begins
    QString doubt;     ///< unknown inputs of the figures
};

/// `evaluation`: from which the cost was computed.
DutyText dutyText(const types::DutyCost& cost, const types::Evaluation& evaluation);

}  // namespace views
