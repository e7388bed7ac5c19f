// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/csv_features.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

#include "data/number_table.h"
#include "data/sample_gathering.h"

namespace data::csv_features {
namespace {

using namespace types;

enum class LabelKind : int8_t { Classes, Words, OneHot, Targets };

/// Where the columns' roles lie: features in [first, last) but `label`.
struct Columns {
    size_t first = 0, last = 0;
    size_t label = 0;
    LabelKind kind = LabelKind::Targets;
    bool arePixels = false;
    std::vector<std::string> classes;  ///< of words
};

bool isClass(float value) {
    return value >= 0 && value == std::floor(value) && value < static_cast<float>(kMaxClasses);
}

template <typename Holds>
bool allRows(const NumberTable& table, Holds holds) {
    return std::all_of(table.rows.begin(), table.rows.end(),
                       [&](const auto& row) { return !row || holds(*row); });
}

size_t widthOf(const NumberTable& table) {
    for (const auto& row : table.rows)
        if (row) return row->values.size();
    return 0;
}

/// The column that the header names after labels; `width` where it names none.
size_t namedLabel(const NumberTable& table, size_t width) {
    for (size_t i = 0; i < std::min(table.header.size(), width); ++i)
        for (const char* name : {"label", "labels", "class", "classes", "target", "targets", "y",
                                 "category", "output", "species"})
            if (table.header[i] == name) return i;
    return width;
}

bool countsRows(const NumberTable& table) {
    if (table.header.empty()) return false;
    const std::string& name = table.header[0];
    if (!name.empty() && name != "index" && name != "id" && name != "unnamed: 0") return false;
    float next = -1;
    return allRows(table, [&](const NumberRow& row) {
        if (next < 0) next = row.values[0];
        const bool isNext = row.word.empty() ? row.values[0] == next : row.wordAt != 0;
        next = row.values[0] + 1;
        return isNext;
    });
}

/// The fewest last columns, at least two, that hold one 1 among zeros in every row; 0: there are
/// none.
size_t oneHotColumns(const NumberTable& table, size_t most) {
    size_t count = 0;
    bool isSound = true;
    for (const auto& row : table.rows) {
        if (!row) continue;
        size_t ones = 0, place = 0;
        for (size_t i = 1; i <= most && ones == 0; ++i) {
            const float value = row->values[row->values.size() - i];
            isSound = isSound && (value == 0 || value == 1);
            if (value == 1) ++ones, place = i;
            if (!isSound) return 0;
        }
        if (ones == 0) return 0;
        count = std::max(count, place);
    }
    const auto holds = [&](const NumberRow& row) {
        const auto ones = std::count(row.values.end() - static_cast<std::ptrdiff_t>(count),
                                     row.values.end(), 1.0f);
        const auto zeros = std::count(row.values.end() - static_cast<std::ptrdiff_t>(count),
                                      row.values.end(), 0.0f);
        return ones == 1 && static_cast<size_t>(ones + zeros) == count;
    };
    return count > 1 && count < most && allRows(table, holds) ? count : 0;
}

bool changes(const NumberTable& table, size_t column) {
    const float* first = nullptr;
    for (const auto& row : table.rows) {
        if (!row) continue;
        if (!first) first = &row->values[column];
        if (row->values[column] != *first) return true;
    }
    return false;
}

/// The column that has a word in every row, where it is named so, the last one, or its words
/// repeat; `width` otherwise: names of samples are no classes.
size_t wordColumn(const NumberTable& table, size_t width) {
    std::set<size_t> places;
    std::set<std::string> words;
    size_t rows = 0;
    for (const auto& row : table.rows) {
        if (!row) continue;
        if (row->word.empty()) return width;
        ++rows;
        places.insert(row->wordAt);
        words.insert(row->word);
    }
    if (places.size() != 1) return width;
    const size_t place = *places.begin();
    const bool areClasses =
        place + 1 == width || place == namedLabel(table, width) || 2 * words.size() <= rows;
    return areClasses ? place : width;
}

void findLabel(const NumberTable& table, size_t width, Columns& columns) {
    const auto areClasses = [&](size_t column) {
        return allRows(table, [&](const NumberRow& row) { return isClass(row.values[column]); });
    };
    columns.label = wordColumn(table, width);
    if (columns.label < width) {
        columns.kind = LabelKind::Words;
        return;
    }
    columns.label = namedLabel(table, width);
    const bool isNamed = columns.label < width;
    const size_t oneHot = isNamed ? 0 : oneHotColumns(table, width - columns.first);
    if (oneHot > 0) {
        columns.kind = LabelKind::OneHot;
        columns.last = columns.label = width - oneHot;
        return;
    }
    const bool isFirst = !isNamed && !changes(table, width - 1) && changes(table, columns.first) &&
                         areClasses(columns.first);
    if (!isNamed) columns.label = isFirst ? columns.first : width - 1;
    columns.kind = areClasses(columns.label) ? LabelKind::Classes : LabelKind::Targets;
}

template <typename Take>
void eachFeature(const Columns& columns, const NumberRow& row, Take take) {
    for (size_t i = columns.first; i < columns.last; ++i)
        if (i != columns.label || columns.kind == LabelKind::OneHot) take(row.values[i]);
}

bool holdPixels(const NumberTable& table, const Columns& columns) {
    float greatest = 0;
    const bool areBytes = allRows(table, [&](const NumberRow& row) {
        bool isByte = true;
        eachFeature(columns, row, [&](float value) {
            isByte = isByte && value >= 0 && value <= 255 && value == std::floor(value);
            greatest = std::max(greatest, value);
        });
        return isByte;
    });
    return areBytes && greatest > 1;
}

void collectWords(const NumberTable& table, std::vector<std::string>& classes) {
    std::set<std::string> words;
    for (const auto& row : table.rows)
        if (row && words.size() <= static_cast<size_t>(kMaxClasses)) words.insert(row->word);
    classes.assign(words.begin(), words.end());
}

Columns columnsOf(NumberTable& table, const std::string& where) {
    const size_t width = widthOf(table);
    Columns columns;
    columns.last = width;
    if (width == 0) return columns;
    if (width > 2 && countsRows(table)) columns.first = 1;
    findLabel(table, width, columns);
    if (columns.kind == LabelKind::Words)
        collectWords(table, columns.classes);
    else
        for (auto& row : table.rows)
            if (row && !row->word.empty())
                row = fail("'" + row->word.substr(0, 40) + "' is not a number",
                           where + ":" + std::to_string(row->line), "correct or remove the row");
    columns.arePixels = holdPixels(table, columns);
    return columns;
}

void setLabel(const Columns& columns, const NumberRow& row, Sample& sample) {
    const float value = row.values[columns.label];
    switch (columns.kind) {
        case LabelKind::Classes:
            sample.label = static_cast<int32_t>(value);
            break;
        case LabelKind::Words:
            sample.label = static_cast<int32_t>(
                std::lower_bound(columns.classes.begin(), columns.classes.end(), row.word) -
                columns.classes.begin());
            break;
        case LabelKind::OneHot:
            sample.label = static_cast<int32_t>(
                std::find(row.values.begin() + static_cast<std::ptrdiff_t>(columns.last),
                          row.values.end(), 1.0f) -
                row.values.begin() - static_cast<std::ptrdiff_t>(columns.last));
            break;
        case LabelKind::Targets:
            sample.target = {value};
    }
}

Sample sampleOf(const NumberRow& row, const Columns& columns) {
    Sample sample;
    sample.name = "row " + std::to_string(row.line);
    sample.content = Content::Numbers;
    sample.type = columns.arePixels ? DataType::UInt8 : DataType::Float32;
    std::vector<uint8_t> bytes;
    int32_t features = 0;
    eachFeature(columns, row, [&](float value) {
        ++features;
        if (columns.arePixels) {
            bytes.push_back(static_cast<uint8_t>(value));
            return;
        }
        const auto* begin = reinterpret_cast<const uint8_t*>(&value);
        bytes.insert(bytes.end(), begin, begin + sizeof value);
    });
    sample.shape = {features};
    sample.bytes = Bytes(std::move(bytes));
    setLabel(columns, row, sample);
    return sample;
}

}  // namespace

bool matches(const std::filesystem::path& path) {
    return path.extension() == ".csv" || path.extension() == ".tsv";
}

Result<Dataset> read(const std::filesystem::path& file, const ReadOptions& options) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail("cannot be read", file.string(), "check its permissions");
    auto table = numberTable({std::istreambuf_iterator<char>(stream), {}}, file.string());
    const Columns columns = columnsOf(table, file.string());
    if (columns.classes.size() > static_cast<size_t>(kMaxClasses))
        return fail("more than " + std::to_string(kMaxClasses) + " words are labels", file.string(),
                    "give the numbers of the classes");
    SampleGathering gathering(options);
    int32_t classes = 0;
    for (const auto& row : table.rows) {
        Result<std::vector<Sample>> samples;
        if (row)
            samples->push_back(sampleOf(*row, columns));
        else
            samples = tl::unexpected(row.error());
        if (samples) classes = std::max(classes, samples->front().label + 1);
        if (auto added = gathering.add(std::move(samples)); !added)
            return tl::unexpected(added.error());
    }
    if (columns.kind == LabelKind::OneHot)
        classes = static_cast<int32_t>(widthOf(table) - columns.last);
    auto dataset = std::move(gathering).finish(file, classes);
    if (!dataset) return dataset;
    dataset->classesStated = columns.kind == LabelKind::OneHot;
    dataset->classNames = columns.classes;
    return dataset;
}

}  // namespace data::csv_features
