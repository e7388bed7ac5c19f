// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SweepChoice: the knobs that a sweep varies and their values, as the user sets them; and the knobs
// to choose from, which are those of types/knob_domain.h.

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace views {

struct SweepableKnob {
    QString path;                        ///< "width", "quantize.precision"
    QString name;                        ///< "quantize precision"
    double low = 0, high = 0, step = 1;  ///< of a number
    bool isWhole = false;
    QStringList words;  ///< of a choice, "off" and "on" of a switch; empty: a number
};

/// All knobs of the whole model that have one value.
const std::vector<SweepableKnob>& sweepableKnobs();
/// Null for another path.
const SweepableKnob* sweepableKnob(const QString& path);

struct SweptKnob {
    QString path;
    double from = 0, to = 0;  ///< both included
    int steps = 1;
    QStringList words;  ///< of a choice; instead of the numbers

    bool operator==(const SweptKnob&) const = default;
};

struct SweepChoice {
    std::vector<SweptKnob> knobs;
    QString draw = "grid";  ///< "grid", "sobol", "random"
    int count = 0;          ///< of a draw; a grid takes all combinations

    bool operator==(const SweepChoice&) const = default;
};

/// The JSON document of the space.
QString spaceText(const SweepChoice& choice);
/// The choice of a document that spaceText() made; empty for one with more in it.
std::optional<SweepChoice> choiceOf(const QString& spaceText);

}  // namespace views
