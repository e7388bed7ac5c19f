// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FitReport: what a fit of a device profile to measured layers is worth: each layer as a fit
// predicted it that had not seen it, the errors beside those of the usual rules of thumb, which
// layers to measure next, and the profile itself. An immutable value; the command line prints what
// the window shows.
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
    double relativeBand = -1;  ///< claimed half width; negative: none claimed

    double errorPercent() const { return 100 * (predicted / measured - 1); }
};

/// How well predictions met measurements.
struct FitErrors {
    int64_t layers = 0;
    double mapePercent = 0;
    double p90Percent = 0;  ///< nine in ten errors are smaller
    double worstPercent = 0;
    double within10Percent = 0;  ///< share of layers within 10 %, in percent
    double r2 = 0;               ///< of predicted against measured
    double coveredPercent = -1;  ///< of layers inside their band; negative: no bands
};

/// A line of the table of errors.
struct FitLine {
    enum class Kind { Operator, AllLayers, FamiliesOut, Baseline };

    Kind kind = Kind::Operator;
    std::string key;    ///< "CONV_2D", "baseline_ops_only": as JSON names it
    std::string title;  ///< for people
    FitErrors errors;
};

/// A layer worth measuring.
struct LayerAdvice {
    OpKind kind = OpKind::ADD;
    Shape input;   ///< height, width, channels
    Shape kernel;  ///< height, width
    Shape stride;  ///< height, width
    int64_t outputChannels = 0;
    double expectedErrorPercent = 0;  ///< of all layers in question, once it is measured
};

struct FitReport {
    std::string layersFrom;  ///< "3 sessions", "micronas_layers.csv, board=STM32F446RE"
    std::vector<FitPoint> points;
    std::vector<FitLine> lines;
    /// What this board's profile would learn most from next: layers that were not measured yet.
    std::vector<LayerAdvice> measureHere;
    /// Which of the measured layers to begin with on another board of which nothing is known.
    std::vector<LayerAdvice> measureElsewhere;
    DevicePtr profile;
};

}  // namespace types
