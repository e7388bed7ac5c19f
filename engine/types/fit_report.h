// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FitReport: the quality of a device profile fitted to measured layers: each layer as predicted by
// a fit without it, the errors beside those of common rules of thumb, the layers to measure next,
// and the profile itself. An immutable value; the command line and the window show the same.
//
// Units: cycles (instructions on an emulator), errors in percent of the measured value.

#include <string>
#include <vector>

#include "types/device_profile.h"
#include "types/op_kind.h"
#include "types/tensor.h"

namespace types {

/// One layer, predicted by a fit that did not see it.
struct FitPoint {
    OpKind kind = OpKind::ADD;
    std::string family;  ///< "CONV_2D 3x3"
    double measured = 0, predicted = 0;
    double relativeBand = -1;  ///< claimed half width; negative: none

    double errorPercent() const { return 100 * (predicted / measured - 1); }
};

/// Errors of predictions against measurements.
struct FitErrors {
    int64_t layers = 0;
    double mapePercent = 0;
    double p90Percent = 0;  ///< 90 % of the errors are smaller
    double worstPercent = 0;
    double within10Percent = 0;  ///< share of layers within 10 %, in percent
    double r2 = 0;               ///< of predictions against measurements
    double coveredPercent = -1;  ///< of layers inside their band; negative: no bands
    double medianPercent = 0;    ///< half of the errors are smaller
};

/// A line of the table of errors.
struct FitLine {
    /// Part: some of all layers, such as those that a profile was fitted to.
    enum class Kind { Operator, AllLayers, FamiliesOut, Baseline, Part };

    Kind kind = Kind::Operator;
    std::string key;    ///< JSON key: "CONV_2D", "baseline_ops_only"
    std::string title;  ///< display text
    FitErrors errors;
};

/// A layer that is worth measuring.
struct LayerAdvice {
    OpKind kind = OpKind::ADD;
    Shape input;   ///< height, width, channels
    Shape kernel;  ///< height, width
    Shape stride;  ///< height, width
    int64_t outputChannels = 0;
    double expectedErrorPercent = 0;  ///< of all target layers, once it is measured
};

struct FitReport {
    std::string layersFrom;  ///< "3 sessions", "micronas_layers.csv, board=STM32F446RE"
    std::vector<FitPoint> points;
    std::vector<FitLine> lines;
    /// Layers not measured yet whose measurement would improve this board's profile most.
    std::vector<LayerAdvice> measureHere;
    /// Measured layers to begin with on another, unknown board.
    std::vector<LayerAdvice> measureElsewhere;
    DevicePtr profile;
};

}  // namespace types
