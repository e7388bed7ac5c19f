// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProfileCheck: how well a device profile, as it stands, predicts layers that were measured: each
// layer with prediction, band and error; the errors per operator; and the layers that have no
// error, with the reason. An immutable value; the command line and the window show the same.
//
// Units: cycles (instructions on an emulator), errors in percent of the measured value.

#include <optional>
#include <string>
#include <vector>

#include "types/estimate.h"
#include "types/fit_report.h"

namespace types {

/// Whether the profile was fitted to a layer of this geometry. Unrecorded: it does not say.
enum class FittedTo : int8_t { No, Yes, Unrecorded };

struct CheckedLayer {
    std::string from;  ///< session, or file name of a table
    std::string name;  ///< "#3 CONV_2D", the table's name for it, or "line 7"
    OpKind kind = OpKind::CUSTOM;
    std::string op;     ///< "CONV_2D"; as its table names it where that is no operator
    std::string type;   ///< "int8"; "int4" for 4-bit weights
    std::string shape;  ///< "8x8x4 to 8x8x16, 3x3, stride 1x1"
    std::optional<double> measured;
    std::optional<Estimate> predicted;  ///< with its 90 % band
    std::string row;                    ///< of the profile, used for it: "CONV_2D/1x1 int8"
    FittedTo fittedTo = FittedTo::No;
    std::string whyNotPredicted;  ///< empty: it is predicted
    std::string whyNotCompared;   ///< reason of a prediction without error; empty: there is one
    bool counts = false;          ///< compared, and part of the errors

    bool isCompared() const { return measured && predicted && whyNotCompared.empty(); }
    double errorPercent() const { return 100 * (predicted->value / *measured - 1); }
    bool isInBand() const { return predicted->low <= *measured && *measured <= predicted->high; }
};

/// A row of the profile that predicted layers.
struct CheckedRow {
    std::string name;         ///< "CONV_2D/1x1 int8"
    int32_t layers = 0;       ///< that it was fitted to; 0: taken over from elsewhere
    bool isRecorded = false;  ///< the profile says which layers
    double relativeBand = 0;  ///< half width near those layers
    std::string source;
    FitErrors errors;  ///< of the layers that count
};

/// Layers without an error for one reason.
struct LeftOutLayers {
    std::string why;
    int64_t layers = 0;
};

struct ProfileCheck {
    DevicePtr device;
    std::string unit;                  ///< "cycles" or "instructions"
    std::vector<CheckedLayer> layers;  ///< in the order of their sources
    std::vector<FitLine> lines;        ///< per operator, in total, then by FittedTo
    std::vector<CheckedRow> rows;
    std::vector<LeftOutLayers> notPredicted, notCompared;
};

}  // namespace types
