// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionBoxes: the layers of a session as boxes, with one unit for the whole axis.

#include <vector>

#include "types/session.h"
#include "views/models/sample_summary.h"

#include <QString>

namespace views {

struct SessionBox {
    int layer = 0;
    QString name;  ///< "#3 CONV_2D"
    QString toolTip;
    SampleSummary summary;         ///< in the axis unit
    std::vector<double> outliers;  ///< beyond 1.5 interquartile ranges (Tukey 1977), axis unit
    double whiskerLow = 0, whiskerHigh = 0;  ///< farthest samples that are no outliers
};

struct SessionBoxes {
    std::vector<SessionBox> boxes;
    double largest = 0;  ///< of the whiskers, in the axis unit; outliers may exceed it
    QString axisTitle;   ///< "Latency, ms"
};

/// Quantities that the session has of layers, in the order of the enum.
std::vector<types::Quantity> layerQuantitiesOf(const types::Session& session);
/// "Latency", "Cycles", ...: a title for a chart or a choice.
QString quantityTitle(types::Quantity quantity);
/// The same, with ", estimated" where the session estimated it.
QString layerQuantityName(const types::Session& session, types::Quantity quantity);

SessionBoxes sessionBoxes(const types::Session& session, types::Quantity quantity);

}  // namespace views
