// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/eembc_directory.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace data {
namespace {

using namespace types;

constexpr const char* kLabelsFile = "y_labels.csv";
constexpr uintmax_t kMaxSampleBytes = uintmax_t{64} << 20;

std::vector<std::string> splitRow(std::string line) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> cells;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
        cells.push_back(cell);
    return cells;
}

std::optional<int32_t> integer(const std::string& text) {
    int32_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<Bytes> readWhole(const std::filesystem::path& file) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    if (problem || size > kMaxSampleBytes)
        return fail("sample cannot be read", file.string(),
                    problem ? problem.message() : "it has more than 64 MiB");
    std::ifstream stream(file, std::ios::binary);
    return Bytes({std::istreambuf_iterator<char>(stream), {}});
}

/// "file,classes,class".
Result<Sample> readRow(const std::filesystem::path& directory, const std::string& line,
                       int32_t& classes) {
    const auto cells = splitRow(line);
    const auto count = cells.size() == 3 ? integer(cells[1]) : std::nullopt;
    const auto label = cells.size() == 3 ? integer(cells[2]) : std::nullopt;
    if (!count || !label || *label < 0 || *label >= *count)
        return fail("row '" + line + "' is not file,classes,class", "",
                    "correct or remove the row");
    // A name that leads out of the directory is none of the dataset's.
    const std::filesystem::path name(cells[0]);
    if (name.is_absolute() || name.filename() != name)
        return fail("row names '" + cells[0] + "' outside of the directory", "",
                    "put the files beside the labels");
    auto bytes = readWhole(directory / name);
    if (!bytes) return tl::unexpected(bytes.error());
    classes = std::max(classes, *count);
    return Sample{cells[0], *label, *bytes};
}

}  // namespace

bool isEembcDirectory(const std::filesystem::path& path) {
    std::error_code problem;
    return std::filesystem::exists(path / kLabelsFile, problem);
}

Result<Dataset> readEembcDirectory(const std::filesystem::path& directory) {
    const auto labels = directory / kLabelsFile;
    std::ifstream stream(labels);
    if (!stream) return fail("cannot be read", labels.string(), "check its permissions");
    Dataset dataset;
    dataset.name = directory.filename().string();
    int row = 0;
    for (std::string line; std::getline(stream, line);) {
        ++row;
        if (line.empty() || line == "\r") continue;
        auto sample = readRow(directory, line, dataset.classes);
        if (!sample) {
            Error error = sample.error();
            if (error.where.empty()) error.where = labels.string() + ":" + std::to_string(row);
            return tl::unexpected(error);
        }
        dataset.samples.push_back(std::move(*sample));
    }
    if (dataset.samples.empty())
        return fail("the dataset has no samples", labels.string(), "add rows file,classes,class");
    return dataset;
}

}  // namespace data
