// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Variation: a list of knobs that turn a Graph into another. A value: comparable, cheap to copy,
// what undo, cards, project files and the command line pass around;
// transform/document/variation_file.h reads and writes it as a small JSON document, and
// types/knob_domain.h lists its knobs with the values that each of them may have.
//
// Knobs act in this order, whatever order they were set in: input resolution, width, channel
// pruning with recovery, weight pruning, quantization. Layers are named by their operator's index
// in the model as it was opened (Op::origin), so that a knob keeps its meaning when another one
// adds or removes operators.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "types/data_type.h"

namespace types {

/// What a layer computes in: activations x weights. Int8W4 keeps its weights in 4 bits.
enum class Precision : int8_t { AsStored, Float32, Int8, Int16x8, Int8W4 };

/// How calibration turns the values seen into the range that is quantized.
enum class RangeMethod : int8_t { MinMax, Percentile, MeanSquaredError, Entropy };

/// Which units of a channel group matter least (transform/channels/importance.h has the formulas).
enum class ImportanceMeasure : int8_t { L1, L2, GeometricMedian, Sensitivity };

/// PerLayer removes the same share of every channel group, Global the least important units of all.
enum class PruneScope : int8_t { PerLayer, Global };

struct PruneKnobs {
    double channels = 0;  ///< share of channels removed
    double weights = 0;   ///< share of each layer's weights set to zero
    ImportanceMeasure measure = ImportanceMeasure::L1;
    PruneScope scope = PruneScope::PerLayer;
    /// Weights behind removed channels are solved again by least squares on the calibration data.
    bool recover = false;

    bool operator==(const PruneKnobs&) const = default;
};

struct QuantizeKnobs {
    Precision precision = Precision::AsStored;
    bool perChannel = true;  ///< one weight scale per output channel; else one per tensor
    RangeMethod ranges = RangeMethod::MinMax;
    double percentile = 99.99;  ///< of RangeMethod::Percentile
    bool equalize = false;      ///< cross-layer weight equalization before quantizing
    bool correctBias = false;   ///< the mean error that rounding brings is taken from the bias
    bool reconstruct = false;   ///< weights rounded up or down by what the layer's output loses
    /// Types of the model's inputs and outputs; not set: what the first and last layer compute in.
    std::optional<DataType> inputType, outputType;

    bool operator==(const QuantizeKnobs&) const = default;
};

/// Knobs of one layer; those not set follow the model's.
struct LayerKnobs {
    std::optional<double> width;          ///< share of its channels kept
    std::optional<double> pruneChannels;  ///< share of its channels removed
    std::optional<double> pruneWeights;   ///< share of its weights set to zero
    std::optional<Precision> precision;

    bool operator==(const LayerKnobs&) const = default;
    bool isEmpty() const { return *this == LayerKnobs{}; }
};

struct Variation {
    /// Height and width of the first input, for fully convolutional models.
    std::optional<std::array<int32_t, 2>> inputSize;
    /// Share of channels kept in every prunable channel group. 1: nothing is removed.
    double width = 1.0;
    /// Channel counts are rounded to a multiple of this (kernels are faster at multiples of 4).
    int32_t channelMultiple = 4;
    PruneKnobs prune;
    QuantizeKnobs quantize;
    std::map<int32_t, LayerKnobs> layers;  ///< by operator index in the model as opened

    bool operator==(const Variation&) const = default;

    /// The same change of any model: knobs that act on nothing as the others stand, such as
    /// recovery where no channel is removed, are at their defaults. Two variations whose normalized
    /// forms are equal do the same.
    Variation normalized() const;
    /// True where no knob changes anything.
    bool isIdentity() const;
    /// "original", "w0.75", "w0.75 p25% int8 (3 layers set)": how lists and file names call it. It
    /// names every knob that acts, but of those of layers only how many layers have some.
    std::string label() const;

    /// True where pruning removes channels, of the model or of a layer.
    bool prunesChannels() const;
    /// True where a precision or the type of an input or output is asked for.
    bool asksForTypes() const;
};

/// "as stored", "float32", "int8", "int16x8", "int8w4": the words of the command line.
const char* precisionName(Precision precision);

}  // namespace types
