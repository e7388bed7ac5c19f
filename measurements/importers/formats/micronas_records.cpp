// SPDX-License-Identifier: GPL-3.0-or-later
// MicroNAS' records.json: one record per layer measured alone, with the layer's Keras
// configuration. A timing has type 1 for the whole program, 255 for the interpreter's Invoke, else
// the operator's TFLite code. Source: tk-king/MicroNas lookUp/*/records.json.

#include "importers/importer_list.h"
#include "importers/parts/json_scan.h"
#include "importers/parts/layer_shape.h"
#include "importers/parts/op_tags.h"
#include "importers/parts/rounded_clock.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"
#include "types/op_kind.h"

namespace importers {
namespace {

using nlohmann::json;
using types::Quantity;

constexpr int kWholeProgram = 1, kInvoke = 255;

bool matchesMicronasRecords(const LogFile& file) {
    return contains(file.bytes, "\"modelConfig\"") && contains(file.bytes, "\"timing\"") &&
           contains(file.bytes, "\"cpuCycles\"");
}

std::string shapeNote(const json& config) {
    std::string note;
    addNote(note, "in_shape", shapeAt(config, "input_shape"));
    addNote(note, "out_shape", shapeAt(config, "output_shape"));
    addNote(note, "kernel", shapeAt(config, "kernel_size"));
    addNote(note, "strides", shapeAt(config, "strides"));
    addNote(note, "padding", textAt(config, "padding"));
    addNote(note, "activation", textAt(config, "activation"));
    return note;
}

/// The measured operator: the one timing that is neither program nor Invoke.
std::string opOf(const json& timings) {
    for (const json& timing : timings) {
        const double type = numberAt(timing, "type").value_or(kInvoke);
        if (type != kWholeProgram && type != kInvoke && type >= 0 && type < types::kBuiltinKindCount)
            return types::opName(static_cast<types::OpKind>(static_cast<int32_t>(type)));
    }
    return "CUSTOM";
}

void addTiming(const json& timing, const std::string& key, const std::string& op,
               const std::string& note, SessionBuilder& builder) {
    const double type = numberAt(timing, "type").value_or(-1);
    const bool isOp = type != kWholeProgram && type != kInvoke;
    const std::string name = key + (isOp ? "" : type == kInvoke ? "/invoke" : "/program");
    const auto add = [&](Quantity quantity, std::optional<double> sample) {
        if (!sample) return;
        types::Measurement& measurement = builder.at(name, quantity);
        if (isOp) measurement.op = op;
        if (isOp && measurement.samples.empty()) measurement.note = note;
        measurement.samples.push_back(*sample);
    };
    add(Quantity::Cycles, numberAt(timing, "cpuCycles"));
    const auto milliseconds = numberAt(timing, "millis");
    add(Quantity::LatencyUs, milliseconds ? std::optional(*milliseconds * 1000) : std::nullopt);
}

/// Derives the clock from cycles and milliseconds of one timing.
void addClock(const json& timings, SessionBuilder& builder) {
    if (builder.conditions().clockMhz > 0) return;
    for (const json& timing : timings) {
        const double cycles = numberAt(timing, "cpuCycles").value_or(0);
        const double milliseconds = numberAt(timing, "millis").value_or(0);
        if (cycles < 1 || milliseconds <= 0) continue;
        builder.conditions().clockMhz = roundedClock(cycles / milliseconds / 1000);
        builder.note("clock", "from cycles and milliseconds of the first record");
        return;
    }
}

void addRecord(const json& record, SessionBuilder& builder) {
    const json& timings = member(record, "timing");
    if (!timings.is_array()) return;
    const std::string note = shapeNote(member(record, "modelConfig"));
    const std::string op = opOf(timings), key = shapeKey(op, note);
    for (const json& timing : timings)
        addTiming(timing, key, op, note, builder);
    if (const auto arena = numberAt(member(record, "memory"), "kTensorAreaUsed"))
        builder.add(key + "/arena", Quantity::Bytes, *arena);
    if (const auto bytes = numberAt(record, "flashSize"))
        builder.add(key + "/model", Quantity::Bytes, *bytes);
    addClock(timings, builder);
    if (builder.conditions().kernels.empty())
        builder.conditions().kernels = textAt(record, "tflmBackend");
}

types::Result<Sessions> readMicronasRecords(const LogInput& input, const ImportOptions&) {
    const json document = parseJson(input.main().bytes);
    if (!document.is_array())
        return types::fail("records are truncated or not JSON", input.name,
                           "expected a list of {modelConfig, timing, ...}");
    SessionBuilder builder(kMicronasRecords.name);
    builder.conditions().source = types::MeasurementSource::Board;
    builder.conditions().runtime = "TFLM";
    for (const json& record : document)
        addRecord(record, builder);
    if (builder.session().measurements.empty())
        return types::fail("no record holds a timing", input.name,
                           "expected 'timing' with cpuCycles and millis");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kMicronasRecords = {"micronas-records",
                                   "MicroNAS records.json: cycles of layers measured alone",
                                   matchesMicronasRecords, readMicronasRecords};

}  // namespace importers
