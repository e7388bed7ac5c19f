// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/csv_features.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>

#include "data/sample_gathering.h"

namespace data::csv_features {
namespace {

using namespace types;

struct FeatureRow {
    int32_t line = 0;
    std::vector<float> values;
};

std::optional<float> number(std::string cell) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    std::erase_if(cell, isSpace);
    float value = 0;
    const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (problem != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// The row of a spreadsheet with decimal commas as others write it.
std::string withPoints(std::string text) {
    std::replace(text.begin(), text.end(), ',', '.');
    std::replace(text.begin(), text.end(), ';', ',');
    return text;
}

Result<FeatureRow> parseRow(const std::string& text, int32_t line, const std::string& file) {
    FeatureRow row{line, {}};
    for (const std::string& cell : splitRow(text)) {
        const auto value = number(cell);
        if (!value)
            return fail("'" + cell.substr(0, 40) + "' is not a number",
                        file + ":" + std::to_string(line), "correct or remove the row");
        row.values.push_back(*value);
    }
    return row;
}

bool isHeading(const std::string& text) {
    const auto cells = splitRow(text);
    return std::none_of(cells.begin(), cells.end(),
                        [](const std::string& cell) { return number(cell).has_value(); });
}

bool isLabel(const FeatureRow& row) {
    const float last = row.values.back();
    return last >= 0 && last == std::floor(last) && last < static_cast<float>(kMaxClasses);
}

Sample sampleOf(const FeatureRow& row, bool labelled) {
    Sample sample;
    sample.name = "row " + std::to_string(row.line);
    sample.content = Content::Numbers;
    sample.type = DataType::Float32;
    sample.shape = {static_cast<int32_t>(row.values.size()) - 1};
    std::vector<uint8_t> bytes((row.values.size() - 1) * sizeof(float));
    if (!bytes.empty()) std::memcpy(bytes.data(), row.values.data(), bytes.size());
    sample.bytes = Bytes(std::move(bytes));
    if (labelled)
        sample.label = static_cast<int32_t>(row.values.back());
    else
        sample.target = {row.values.back()};
    return sample;
}

/// All rows; for a bad row its Error.
std::vector<Result<FeatureRow>> parseRows(std::istream& stream, const std::string& file) {
    std::vector<Result<FeatureRow>> rows;
    size_t width = 0;
    int32_t line = 0;
    bool semicolons = false;
    for (std::string text; std::getline(stream, text);) {
        ++line;
        if (line == 1) semicolons = text.find(';') != std::string::npos;
        if (semicolons) text = withPoints(std::move(text));
        if (text.empty() || text == "\r" || (line == 1 && isHeading(text))) continue;
        auto row = parseRow(text, line, file);
        if (row && width == 0) width = row->values.size();
        if (row && (row->values.size() != width || width < 2))
            row = fail("has " + std::to_string(row->values.size()) + " columns where " +
                           std::to_string(std::max<size_t>(width, 2)) + " are expected",
                       file + ":" + std::to_string(line), "give features and a label last");
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

bool matches(const std::filesystem::path& path) {
    return path.extension() == ".csv";
}

Result<Dataset> read(const std::filesystem::path& file, const ReadOptions& options) {
    std::ifstream stream(file);
    if (!stream) return fail("cannot be read", file.string(), "check its permissions");
    const auto rows = parseRows(stream, file.string());
    const bool labelled = std::all_of(rows.begin(), rows.end(),
                                      [](const auto& row) { return !row || isLabel(*row); });
    SampleGathering gathering(options);
    int32_t classes = 0;
    for (const auto& row : rows) {
        Result<std::vector<Sample>> samples;
        if (row)
            samples->push_back(sampleOf(*row, labelled));
        else
            samples = tl::unexpected(row.error());
        if (samples) classes = std::max(classes, samples->front().label + 1);
        if (auto added = gathering.add(std::move(samples)); !added)
            return tl::unexpected(added.error());
    }
    return std::move(gathering).finish(file, classes);
}

}  // namespace data::csv_features
