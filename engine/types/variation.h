// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Variation: the settings of all knobs, which turn a Graph into another. A value: comparable and
// cheap to copy; undo, cards, project files and the command line use it.
// transform/document/variation_file.h reads and writes it as a small JSON document, and
// types/knob_domain.h lists its knobs with their legal values.
//
// Knobs act in this order, whatever order they were set in: rewrites, input resolution, dropped
// blocks, width, channel pruning with recovery, weight pruning, training, quantization,
// compression, schedule. Layers are identified by their operator's index in the model as opened
// (Op::origin), so that a knob keeps its meaning when another one adds or removes operators.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "types/data_type.h"

namespace types {

/// Precision of a layer: activations x weights. Int8W4 has 4-bit weights. Auto:
/// engine/mix_precisions.h chooses among the integer ones by what calibration data show.
enum class Precision : int8_t { AsStored, Float32, Int8, Int16x8, Int8W4, Auto };

/// How calibration converts observed values to the quantized range.
enum class RangeMethod : int8_t { MinMax, Percentile, MeanSquaredError, Entropy };

/// Measure of the importance of a channel group's units (transform/channels/importance.h has the
/// formulas).
enum class ImportanceMeasure : int8_t { L1, L2, GeometricMedian, Sensitivity, Similarity };

/// PerLayer removes the same share of every channel group, Global the least important units of all.
enum class PruneScope : int8_t { PerLayer, Global };

/// When training removes channels: all at once and then trains, or in rounds with training between
/// them, each of which chooses anew by the weights that it finds.
enum class PruneSchedule : int8_t { Once, Gradual };

/// Operators are replaced by others that more runtimes take (transform/rewrites/rewrites.h).
struct RewriteKnobs {
    bool foldConstants = false;     ///< weights in float16 or in codes become floats
    bool inlineComposites = false;  ///< composites become the operators of their decompositions
    bool selectV2 = false;          ///< SELECT becomes SELECT_V2
    bool denseMatMul = false;       ///< BATCH_MATMUL with constants becomes FULLY_CONNECTED
    bool perTensorDense = false;    ///< FULLY_CONNECTED gets one weight scale
    bool dropSignatures = false;    ///< only the explored signature stays in the file

    bool operator==(const RewriteKnobs&) const = default;
};

/// Where measure or scope are not set, they are tried on calibration data and the one whose outputs
/// agree best with the original's on a held-back part of these is taken, at the MACs of the same
/// share of every layer (transform/channels/choose_channels.h). Without data they are L1 and
/// PerLayer.
struct PruneKnobs {
    double channels = 0;  ///< share of channels removed
    double weights = 0;   ///< share of each layer's weights set to zero
    std::optional<ImportanceMeasure> measure;
    std::optional<PruneScope> scope;
    /// Solve the weights behind removed channels again by least squares on the calibration data.
    /// Not set: where there are such data.
    std::optional<bool> recover;
    /// Not set: training decides (engine/train_on_data.h).
    std::optional<PruneSchedule> schedule;

    bool operator==(const PruneKnobs&) const = default;
};

/// The repairs (equalize, correctBias, reconstruct) that are not set are tried on calibration data:
/// they are done where the quantized model then agrees better with the float one on a held-back
/// part of these (quantize/choose_repairs.h), and left out where there are no data.
struct QuantizeKnobs {
    Precision precision = Precision::AsStored;
    bool perChannel = true;  ///< one weight scale per output channel; else one per tensor
    RangeMethod ranges = RangeMethod::MinMax;
    double percentile = 99.99;        ///< of RangeMethod::Percentile
    std::optional<bool> equalize;     ///< cross-layer weight equalization before quantizing
    std::optional<bool> correctBias;  ///< subtract the mean rounding error from the bias
    std::optional<bool> reconstruct;  ///< round weights by the error of the layer's output
    /// What Precision::Auto may need: bytes of the model file, and predicted microseconds on the
    /// board. Neither set: what the board's flash holds.
    std::optional<int32_t> flashBudget;
    std::optional<double> latencyBudgetUs;
    /// Types of the model's inputs and outputs; not set: those of the first and last layer.
    std::optional<DataType> inputType, outputType;

    bool operator==(const QuantizeKnobs&) const = default;
};

/// How weights are stored: as they are, as plain constants, or encoded before a TFLM_DECODE, by one
/// method or by that which gives the fewest bytes (transform/compression/encode.h). A tensor that
/// does not become smaller stays plain.
enum class Compression : int8_t { AsStored, None, Smallest, Lut, Huffman, Pruning };

struct CompressKnobs {
    Compression method = Compression::AsStored;
    /// Each channel's weights (each tensor's, where it has one scale) take no more than 2 to the
    /// power of this values, which changes the model. Not set: weights keep their values.
    std::optional<int32_t> clusterBits;

    bool operator==(const CompressKnobs&) const = default;
};

/// How training varies its samples: what fits the model's input, nothing, changes of images (shift,
/// flip, brightness, cut-out, mixup), or of feature maps over time (shift, masks, noise).
enum class Augmentation : int8_t { Auto, None, Images, Features };

/// Training on the user's data (engine/train_on_data.h). It ends after the epochs or the seconds,
/// whichever comes first; neither set: no training.
struct TrainKnobs {
    /// Wall clock of all, of which the original, the start and the teacher, takes half; such a
    /// training cannot be repeated bit for bit.
    double seconds = 0;
    int32_t epochs = 0;  ///< of the original, and as many of the varied model
    int32_t seed = 1;
    Augmentation augment = Augmentation::Auto;
    /// Images may be mirrored. Not set: images in colour may.
    std::optional<bool> flip;

    bool operator==(const TrainKnobs&) const = default;
    bool isSet() const { return seconds > 0 || epochs > 0; }
};

/// In which bands of rows our own runtime executes the model (engine/choose_schedule.h), so that it
/// needs less SRAM. No byte of the model's file changes, nor does any output.
struct ScheduleKnobs {
    /// Bytes that the arena may have; of the schedules within them, the fastest.
    std::optional<int32_t> sram;
    /// The row of the front of schedules on the board, from 1 on; it takes precedence.
    std::optional<int32_t> row;
    bool feedRows = false;  ///< within `sram`, the caller may give the input row by row

    bool operator==(const ScheduleKnobs&) const = default;
    bool isSet() const { return sram || row; }
};

/// Knobs of one layer; unset ones follow the model's.
struct LayerKnobs {
    std::optional<double> width;          ///< share of its channels kept
    std::optional<double> pruneChannels;  ///< share of its channels removed
    std::optional<double> pruneWeights;   ///< share of its weights set to zero
    std::optional<Precision> precision;
    std::optional<Compression> compression;
    /// The block that ends at this operator is left out (transform/channels/blocks.h), and the
    /// layers around it are solved again as PruneKnobs::recover says.
    bool dropBlock = false;

    bool operator==(const LayerKnobs&) const = default;
    bool isEmpty() const { return *this == LayerKnobs{}; }
};

struct Variation {
    RewriteKnobs rewrite;
    /// Height and width of the first input, for fully convolutional models.
    std::optional<std::array<int32_t, 2>> inputSize;
    /// Share of channels kept in every prunable channel group. 1: nothing is removed.
    double width = 1.0;
    /// Channel counts are rounded to a multiple of this (kernels are faster at multiples of 4).
    int32_t channelMultiple = 4;
    PruneKnobs prune;
    QuantizeKnobs quantize;
    CompressKnobs compress;
    TrainKnobs train;
    ScheduleKnobs schedule;
    std::map<int32_t, LayerKnobs> layers;  ///< by operator index in the model as opened

    bool operator==(const Variation&) const = default;

    /// Returns an equivalent change for any model: knobs that act on nothing with the present
    /// settings, such as recovery where no channel is removed, are reset to their defaults.
    /// Variations with equal normalized forms have the same effect.
    Variation normalized() const;
    /// True where no knob changes anything.
    bool isIdentity() const;
    /// "original", "w0.75", "w0.75 p25% int8 (3 layers set)": name in lists and files. Contains
    /// every knob that acts; of layers only their number.
    std::string label() const;

    /// True where pruning removes channels, in the model or in a layer.
    bool prunesChannels() const;
    /// True where width or pruning removes channels, in the model or in a layer.
    bool removesChannels() const;
    /// True where a block is left out.
    bool dropsBlocks() const;
    /// True where a precision is to be chosen.
    bool choosesPrecisions() const;
    /// True where a precision or the type of an input or output is set.
    bool asksForTypes() const;
};

/// "as stored", "float32", "int8", "int16x8", "int8w4", "auto": the words of the command line.
const char* precisionName(Precision precision);

}  // namespace types
