// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/eembc_directory.h"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "analysis/real_values.h"
#include "data/file_sample.h"
#include "data/sample_gathering.h"

namespace data::eembc_directory {
namespace {

using namespace types;
using Samples = Result<std::vector<Sample>>;

constexpr const char* kLabelsFile = "y_labels.csv";
constexpr int64_t kFloatBytes = 4;

struct TruthRow {
    std::string file;
    int32_t classes = 0, label = 0;
    int64_t windowBytes = 0, strideBytes = 0;  ///< 0: the whole file is one sample
};

template <typename Integer>
bool parse(const std::string& text, Integer& value) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size();
}

Result<TruthRow> parseRow(const std::string& line) {
    const auto cells = splitRow(line);
    TruthRow row;
    const bool windows = cells.size() == 5;
    const bool read =
        (cells.size() == 3 || windows) && parse(cells[1], row.classes) &&
        parse(cells[2], row.label) &&
        (!windows || (parse(cells[3], row.windowBytes) && parse(cells[4], row.strideBytes)));
    if (!read)
        return fail("row '" + line.substr(0, 80) + "' is not file,classes,class", "",
                    "correct or remove the row");
    if (row.classes > kMaxClasses)
        return fail("'" + cells[0] + "' has " + std::to_string(row.classes) +
                        " classes, more than " + std::to_string(kMaxClasses),
                    "", "correct or remove the row");
    if (row.label < 0 || row.label >= row.classes)
        return fail("label " + std::to_string(row.label) + " of '" + cells[0] +
                        "' is outside of its " + std::to_string(row.classes) + " classes",
                    "", "correct or remove the row");
    const bool whole = row.windowBytes % kFloatBytes == 0 && row.strideBytes % kFloatBytes == 0;
    if (windows && (!whole || row.windowBytes <= 0 || row.strideBytes <= 0))
        return fail("window and stride of '" + cells[0] + "' are not multiples of 4 bytes", "",
                    "give both in bytes, multiples of 4");
    // A name may not lead out of the directory.
    const std::filesystem::path name(cells[0]);
    if (name.is_absolute() || name.filename() != name)
        return fail("row names '" + cells[0] + "' outside of the directory", "",
                    "put the files beside the labels");
    row.file = cells[0];
    return row;
}

Samples windowsOf(const TruthRow& row, const Bytes& bytes, int32_t group) {
    std::vector<Sample> samples;
    const auto size = static_cast<int64_t>(bytes.size());
    const int64_t count =
        row.windowBytes > size ? 0 : (size - row.windowBytes) / row.strideBytes + 1;
    // One more than the limit, so that the dataset is refused.
    const auto last = std::min(count, static_cast<int64_t>(kMaxSamples) + 1);
    for (int64_t i = 0; i < last; ++i) {
        Sample sample{row.file, row.label,
                      bytes.window(static_cast<size_t>(i * row.strideBytes),
                                   static_cast<size_t>(row.windowBytes))};
        sample.content = Content::Numbers;
        sample.type = DataType::Float32;
        sample.shape = {static_cast<int32_t>(row.windowBytes / kFloatBytes)};
        sample.group = group;
        samples.push_back(std::move(sample));
    }
    if (samples.empty())
        return fail("has " + std::to_string(size) + " bytes, less than a window of " +
                        std::to_string(row.windowBytes),
                    row.file, "record more, or leave the row out");
    return samples;
}

/// Converts int8 codes of another model's input to the real values that they encode.
void decode(Sample& sample, const Codes& codes) {
    Tensor stored;
    stored.type = DataType::Int8;
    stored.shape = {static_cast<int32_t>(sample.bytes.size())};
    stored.quantization.scale = {codes.scale};
    stored.quantization.zeroPoint = {codes.zeroPoint};
    const auto values = analysis::dequantize(stored, sample.bytes.view());
    sample.content = Content::Numbers;
    sample.type = stored.type = DataType::Float32;
    sample.shape = stored.shape;
    sample.bytes = Bytes(analysis::encode(stored, values));
}

Samples readRow(const std::filesystem::path& directory, const TruthRow& row, int32_t group,
                const ReadOptions& options) {
    const auto file = directory / row.file;
    if (isSampleFile(file)) {
        auto sample = readFileSample(file, row.label);
        if (!sample) return tl::unexpected(sample.error());
        sample->name = row.file;
        return std::vector<Sample>{std::move(*sample)};
    }
    auto bytes = readWhole(file);
    if (!bytes) return tl::unexpected(bytes.error());
    if (row.windowBytes > 0) return windowsOf(row, *bytes, group);
    Sample sample{row.file, row.label, std::move(*bytes)};
    if (options.codes) decode(sample, *options.codes);
    return std::vector<Sample>{std::move(sample)};
}

}  // namespace

bool matches(const std::filesystem::path& path) {
    std::error_code problem;
    return std::filesystem::exists(path / kLabelsFile, problem);
}

Result<Dataset> read(const std::filesystem::path& directory, const ReadOptions& options) {
    const auto labels = directory / kLabelsFile;
    std::ifstream stream(labels);
    if (!stream) return fail("cannot be read", labels.string(), "check its permissions");
    SampleGathering gathering(options);
    int32_t line = 0, classes = 0, group = 0;
    for (std::string text; std::getline(stream, text);) {
        ++line;
        if (text.empty() || text == "\r") continue;
        const auto row = parseRow(text);
        auto samples =
            row ? readRow(directory, *row, group, options) : Samples(tl::unexpected(row.error()));
        if (samples && row->windowBytes > 0) ++group;
        if (row) classes = std::max(classes, row->classes);
        if (!samples && samples.error().where.empty())
            samples.error().where = labels.string() + ":" + std::to_string(line);
        if (auto added = gathering.add(std::move(samples)); !added)
            return tl::unexpected(added.error());
    }
    auto dataset = std::move(gathering).finish(directory, classes);
    if (dataset) dataset->classesStated = true;
    return dataset;
}

}  // namespace data::eembc_directory
