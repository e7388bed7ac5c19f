// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Session: the result of one measurement run: its conditions, and the raw samples of each layer and
// quantity. An immutable value; runners and importers make it, the store keeps it, comparison and
// fitting read it.
//
// Numbers of different source are never mixed: each session has one source and one set of
// conditions, and what the log does not state stays empty. Statistics (medians, intervals) are
// computed for display; only samples are stored.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace types {

/// Where the samples were measured. Imported: the log does not state it.
enum class MeasurementSource : int8_t { Board, Emulator, Host, Imported };

/// "board", "emulator", "host", "imported".
const char* sourceName(MeasurementSource source);
std::optional<MeasurementSource> sourceNamed(std::string_view name);

/// Sessions are comparable where these agree (measurements/statistics defines which must).
struct Conditions {
    MeasurementSource source = MeasurementSource::Imported;
    std::string board;                    ///< "nucleo-l4r5zi"; a profile's id where it is known
    std::string core;                     ///< "Cortex-M4"
    double clockMhz = 0;                  ///< 0: unknown
    std::string runtime, runtimeVersion;  ///< "TFLM", "2fdfd1e"
    std::string kernels;                  ///< "CMSIS-NN 7.0", "reference", "X-CUBE-AI"
    std::string compiler, flags;          ///< "arm-none-eabi-gcc 12.2.1", "-O2"
    std::string modelName;                ///< file name without directory
    std::string modelHash;                ///< SHA-256 of the .tflite, lower-case hex
    double supplyVolts = 0;               ///< 0: unknown
    std::string notes;  ///< other statements of the log, one "key: value" per line

    bool operator==(const Conditions&) const = default;
};

/// The quantity of a sample, and its unit.
enum class Quantity : int8_t {
    LatencyUs,     ///< microseconds per inference
    Cycles,        ///< clock cycles per inference
    Ticks,         ///< of a timer whose rate the log does not state
    Instructions,  ///< executed, from an emulator
    EnergyUj,      ///< microjoules per inference
    PowerMw,       ///< milliwatts while inferring
    Bytes,         ///< memory, of the object that the key names
    Share,         ///< 0 to 1: accuracy, AUC
    PerSecond,     ///< inferences per second
    Count,         ///< whole numbers: MACs, parameters
    Celsius,
};

/// Properties of a quantity for files, tables and comparisons.
struct QuantityInfo {
    Quantity quantity;
    const char* name;  ///< written to files, so it never changes: "latency_us"
    const char* unit;  ///< "us"; empty for plain numbers
    bool isAdditive;   ///< the values of layers add up to that of the whole
};

/// Every quantity, in the order of the enum. A new one needs a row here and in no other list.
std::span<const QuantityInfo> allQuantities();

const char* quantityName(Quantity quantity);
const char* unitOf(Quantity quantity);
bool isAdditive(Quantity quantity);
/// Finds a quantity by its name in files; nothing where there is none.
std::optional<Quantity> quantityNamed(std::string_view name);

/// Samples of one quantity of one layer, of the whole model, or of another object of the log.
struct Measurement {
    /// "#12 CONV_2D" for a layer, "whole" for an inference, else the log's own name:
    /// "arena/persistent", "energy/window 3".
    std::string key;
    std::optional<int32_t> layer;  ///< operator index in the model's file order
    std::string op;                ///< "CONV_2D"; empty for other objects
    Quantity quantity = Quantity::LatencyUs;
    std::vector<double> samples;  ///< in the order of measurement
    bool estimated = false;       ///< derived (power x time, counts x CPI), not measured
    std::string note;             ///< repairs, doubts, derivation

    bool operator==(const Measurement&) const = default;
};

/// Key of the measurements of a whole inference.
inline constexpr const char* kWhole = "whole";
/// Key of the measurements of fixed work that does not depend on the model: the speed of the
/// machine at that time (runners/yardstick.h).
inline constexpr const char* kYardstick = "yardstick";
/// "#12 CONV_2D".
std::string layerKey(int32_t layer, const std::string& op);

/// One output of the model, as printed by the device.
struct RecordedOutput {
    std::string input;  ///< name of the input file or its number
    std::optional<int32_t> label;
    std::vector<double> values;

    bool operator==(const RecordedOutput&) const = default;
};

/// Power over time from an instrument, with the windows in which the model ran.
struct PowerTrace {
    struct Window {
        double beginS = 0, endS = 0;
        std::optional<int32_t> layer;  ///< not set: the whole inference
        int64_t inferences = 1;

        bool operator==(const Window&) const = default;
    };
    double sampleRateHz = 0;
    double beginS = 0;  ///< time of the first sample
    std::vector<float> powerMw;
    std::vector<Window> windows;

    bool operator==(const PowerTrace&) const = default;
};

struct Session {
    int64_t id = 0;  ///< in the store; 0: not stored
    std::string name;
    std::string format;     ///< the importer or runner that made it: "tflm-profiler", "host"
    std::string startedAt;  ///< ISO 8601, UTC; empty: unknown
    Conditions conditions;
    std::vector<Measurement> measurements;
    std::vector<RecordedOutput> outputs;
    std::vector<PowerTrace> traces;
    std::vector<std::string> warnings;  ///< doubts of the importer, in sentences
    /// Bytes received from a device by a listening runner; empty for a file.
    std::string rawLog;

    bool operator==(const Session&) const = default;
};

using SessionPtr = std::shared_ptr<const Session>;

}  // namespace types
