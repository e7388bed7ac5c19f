// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/layer_table.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <sstream>

namespace cost {
namespace {

using types::DataType;
using types::fail;
using types::OpKind;
using types::Shape;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::optional<OpKind> opOf(const std::string& name) {
    static const std::map<std::string, OpKind> others = {{"conv2d", OpKind::CONV_2D},
                                                         {"add", OpKind::ADD},
                                                         {"global_average_pooling2d", OpKind::MEAN},
                                                         {"softmax", OpKind::SOFTMAX}};
    if (const auto other = others.find(name); other != others.end()) return other->second;
    for (int32_t kind = 0; kind < types::kOpKindCount; ++kind)
        if (types::opName(static_cast<OpKind>(kind)) == name) return static_cast<OpKind>(kind);
    return std::nullopt;
}

DataType typeOf(const std::string& name, DataType fallback) {
    for (int code = 0; code < types::kDataTypeCount; ++code)
        if (types::dataTypeName(static_cast<DataType>(code)) == lower(name))
            return static_cast<DataType>(code);
    return fallback;
}

/// Limits far beyond every microcontroller. A workload multiplies at most three such numbers
/// (elements, taps and channels), which fits 64 bits.
constexpr int64_t kMaxElements = int64_t{1} << 24, kMaxTaps = int64_t{1} << 14;

/// Parses "1x32x32x16"; empty for anything but positive numbers, or for more than kMaxElements.
std::optional<Shape> shapeOf(const std::string& text) {
    Shape shape;
    int64_t elements = 1;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) {
        int32_t dim = 0;
        const auto [next, problem] = std::from_chars(at, end, dim);
        if (problem != std::errc() || dim <= 0 || (next < end && *next != 'x')) return std::nullopt;
        elements *= dim;
        if (elements > kMaxElements) return std::nullopt;
        shape.push_back(dim);
        at = next + 1;
    }
    return shape;
}

/// "kernel", "strides" and "dilation" are height x width.
void setPair(const CsvRow& row, const char* column, int32_t& height, int32_t& width) {
    const auto pair = shapeOf(row[column]);
    if (!pair || pair->size() != 2) return;
    height = (*pair)[0];
    width = (*pair)[1];
}

types::Result<std::vector<Shape>> inputsOf(const std::string& text) {
    std::vector<Shape> shapes;
    size_t begin = 0;
    while (begin <= text.size()) {
        const size_t end = std::min(text.find_first_of(";+", begin), text.size());
        const auto shape = shapeOf(text.substr(begin, end - begin));
        if (!shape)
            return fail("not a shape of at most " + std::to_string(kMaxElements) + " elements",
                        text, "write it as 1x32x32x16");
        shapes.push_back(*shape);
        begin = end + 1;
    }
    return shapes;
}

/// The number in a field; nothing where it holds none that may be a cost.
std::optional<double> costIn(const std::string& text) {
    double cost = 0;
    const char* end = text.data() + text.size();
    const auto [next, problem] = std::from_chars(text.data(), end, cost);
    const bool isNumber = problem == std::errc() && next == end && isCost(cost);
    return isNumber ? std::optional(cost) : std::nullopt;
}

/// A column of costs: `cycles` a unit of it is worth, times the clock where it is a time.
struct CostColumn {
    const char* name;
    double cycles;
    bool isTime, isCounted;
};
constexpr CostColumn kCosts[] = {{"cycles_op", 1, false, false},
                                 {"cycles", 1, false, false},
                                 {"latency_us", 1, true, false},
                                 {"latency_ms", 1e3, true, false},
                                 {"instructions", 1, false, true}};

/// Sets the cost of the layer from the first column that has one.
types::Result<void> readCost(const CsvRow& row, double clockMhz, Observation& layer) {
    const double clock = costIn(row["clock_mhz"]).value_or(clockMhz);
    for (const CostColumn& column : kCosts) {
        const auto cost = costIn(row[column.name]);
        if (!cost || (column.isTime && !isCost(*cost * column.cycles * clock))) continue;
        layer.cycles = *cost * column.cycles * (column.isTime ? clock : 1);
        layer.isCounted = column.isCounted;
        return {};
    }
    return fail("the layer has no cost", row["op"] + " " + row["in_shape"],
                "give a column cycles_op, cycles, instructions, or latency_us and clock_mhz");
}

/// The first of these columns that is not empty.
std::string firstOf(const CsvRow& row, std::initializer_list<const char*> columns) {
    for (const char* column : columns)
        if (!row[column].empty()) return row[column];
    return {};
}

types::Conditions conditionsOf(const CsvRow& row, bool isCounted) {
    types::Conditions conditions;
    if (isCounted) conditions.source = types::MeasurementSource::Emulator;
    conditions.board = row["board"];
    conditions.core = firstOf(row, {"core", "cpu", "cpu_core"});
    conditions.runtime = row["runtime"];
    conditions.kernels = firstOf(row, {"kernels", "backend", "cmsis-nn"});
    conditions.clockMhz = costIn(row["clock_mhz"]).value_or(0);
    return conditions;
}

std::string nameOf(const CsvRow& row, size_t line) {
    const std::string model = firstOf(row, {"network", "model", "model_name"});
    const std::string index = firstOf(row, {"op_index", "layer"});
    if (!row["name"].empty()) return row["name"];
    if (!model.empty() && !index.empty()) return model + " #" + index;
    return "line " + std::to_string(line);
}

bool passes(const CsvRow& row, const RowFilter& filter) {
    return std::all_of(filter.begin(), filter.end(), [&](const auto& condition) {
        return row[condition.first].starts_with(condition.second);
    });
}

/// Filters are given by their shape, or by kernel size and channels.
Shape filterOf(const CsvRow& row, const OperatorShapes& s) {
    const auto filter = shapeOf(row["filter_shape"]);
    if (filter && !filter->empty()) return *filter;
    const auto kernel = shapeOf(row["kernel"]);
    if (s.kind != OpKind::CONV_2D || !kernel || kernel->size() != 2 || s.output.empty()) return {};
    return {s.output.back(), (*kernel)[0], (*kernel)[1], s.inputs[0].back()};
}

/// Taps of the window, or of the filter where that is larger.
int64_t tapsOf(const OperatorShapes& s) {
    const size_t rank = s.filter.size();
    const int64_t inFilter = rank < 3 ? 1 : int64_t{s.filter[rank - 3]} * s.filter[rank - 2];
    return std::max(inFilter, int64_t{s.window.filterHeight} * s.window.filterWidth);
}

}  // namespace

types::Result<RowFilter> rowFilterOf(const std::vector<std::string>& conditions) {
    RowFilter filter;
    for (const std::string& condition : conditions) {
        const size_t equals = condition.find('=');
        if (equals == std::string::npos)
            return fail("not a condition", condition, "write it as COLUMN=TEXT");
        filter[condition.substr(0, equals)] = condition.substr(equals + 1);
    }
    return filter;
}

types::Result<RowFilter> rowFilterOf(const std::string& conditions) {
    std::vector<std::string> parts;
    std::stringstream stream(conditions);
    for (std::string part; std::getline(stream, part, ',');) {
        const size_t begin = part.find_first_not_of(' ');
        if (begin == std::string::npos) continue;
        parts.push_back(part.substr(begin, part.find_last_not_of(' ') + 1 - begin));
    }
    return rowFilterOf(parts);
}

namespace {

types::Result<Workload> workloadIn(const CsvRow& row) {
    const auto kind = opOf(row["op"]);
    if (!kind) return fail("not an operator", row["op"], "name it as the .tflite schema does");
    OperatorShapes s;
    s.kind = *kind;
    s.type = typeOf(row["dtype"], DataType::Int8);
    s.weightType = typeOf(row["weight_dtype"], s.type);
    auto inputs = inputsOf(row["in_shape"]);
    if (!inputs) return tl::unexpected(inputs.error());
    s.inputs = std::move(*inputs);
    // Tables often give one shape for an addition of two equal shapes.
    if (s.kind == OpKind::ADD && s.inputs.size() == 1) s.inputs.push_back(s.inputs[0]);
    s.output = shapeOf(row["out_shape"]).value_or(Shape{});
    if (s.output.empty() || s.inputs[0].empty())
        return fail("the layer has no shapes", row["op"], "fill in_shape and out_shape");
    setPair(row, "kernel", s.window.filterHeight, s.window.filterWidth);
    setPair(row, "strides", s.window.strideHeight, s.window.strideWidth);
    setPair(row, "dilation", s.window.dilationHeight, s.window.dilationWidth);
    s.window.padding =
        lower(row["padding"]) == "same" ? types::Padding::Same : types::Padding::Valid;
    s.filter = filterOf(row, s);
    if (tapsOf(s) > kMaxTaps)
        return fail("a kernel of more than " + std::to_string(kMaxTaps) + " taps", row["op"],
                    "correct kernel or filter_shape");
    s.perChannel = row["per_channel"] == "1";
    const char* without = s.kind == OpKind::TRANSPOSE_CONV ? "3" : "2";
    s.biased = s.filter.empty() || row["n_inputs"] != without;
    return workloadOf(s);
}

types::Result<Observation> withCost(const CsvRow& row, double clockMhz,
                                    const types::Result<Workload>& workload) {
    if (!workload) return tl::unexpected(workload.error());
    Observation layer{*workload, 0, 1, row["source"]};
    if (const auto read = readCost(row, clockMhz, layer); !read)
        return tl::unexpected(read.error());
    return layer;
}

TableLine lineOf(const CsvRow& row, size_t number, double clockMhz) {
    TableLine line{number, nameOf(row, number), row["network"], row["op"],
                   {},     workloadIn(row),     Observation()};
    line.layer = withCost(row, clockMhz, line.workload);
    line.conditions = conditionsOf(row, line.layer && line.layer->isCounted);
    if (line.layer) line.layer->name = line.name;
    return line;
}

}  // namespace

types::Result<Observation> observationOf(const CsvRow& row, double clockMhz) {
    return withCost(row, clockMhz, workloadIn(row));
}

types::Result<std::vector<TableLine>> readTableLines(const std::filesystem::path& file,
                                                     const RowFilter& filter, double clockMhz) {
    const auto rows = readCsvRows(file);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<TableLine> lines;
    for (size_t i = 0; i < rows->size(); ++i)
        if (passes((*rows)[i], filter)) lines.push_back(lineOf((*rows)[i], i + 2, clockMhz));
    if (lines.empty())
        return fail("no line of the table meets the conditions", file.string(),
                    "correct the conditions, or leave them out");
    return lines;
}

namespace {

/// Returns all lines that pass the filter; an Error names the first that cannot be read.
types::Result<std::vector<TableLine>> readableLines(const std::filesystem::path& file,
                                                    const RowFilter& filter, double clockMhz) {
    auto lines = readTableLines(file, filter, clockMhz);
    if (!lines) return lines;
    for (const TableLine& line : *lines) {
        if (line.layer) continue;
        types::Error error = line.layer.error();
        error.where = file.string() + " line " + std::to_string(line.number) + ": " + error.where;
        return tl::unexpected(error);
    }
    return lines;
}

}  // namespace

types::Result<std::vector<Observation>> readLayerTable(const std::filesystem::path& file,
                                                       const RowFilter& filter, double clockMhz) {
    auto lines = readableLines(file, filter, clockMhz);
    if (!lines) return tl::unexpected(lines.error());
    std::vector<Observation> layers;
    for (TableLine& line : *lines)
        layers.push_back(std::move(*line.layer));
    return withoutRepeats(std::move(layers));
}

types::Result<std::vector<NetworkLayers>> readNetworkTable(const std::filesystem::path& file,
                                                           const RowFilter& filter,
                                                           double clockMhz) {
    auto lines = readableLines(file, filter, clockMhz);
    if (!lines) return tl::unexpected(lines.error());
    std::map<std::string, NetworkLayers> networks;
    for (TableLine& line : *lines) {
        if (line.network.empty())
            return fail("a line names no network", file.string(), "fill the column network");
        NetworkLayers& network = networks[line.network];
        network.name = line.network;
        network.layers.push_back(std::move(*line.layer));
    }
    std::vector<NetworkLayers> list;
    for (auto& [name, network] : networks)
        list.push_back(std::move(network));
    return list;
}

}  // namespace cost
