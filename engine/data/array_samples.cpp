// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/array_samples.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "analysis/real_values.h"
#include "bytes/number_bytes.h"
#include "data/sample_gathering.h"

namespace data {
namespace {

using namespace types;

template <typename From, typename To>
void convertElements(Array& array, DataType type) {
    const auto values = bytes::numbersOfBytes<From>(array.bytes);
    array.type = type;
    array.bytes = bytes::bytesOfNumbers(std::vector<To>(values.begin(), values.end()));
}

Tensor tensorOf(const Array& array) {
    Tensor tensor;
    tensor.type = array.type;
    tensor.shape = array.shape;
    return tensor;
}

/// Converts element types that no input of a model has.
void fitType(Array& array) {
    if (array.type == DataType::Float64) convertElements<double, float>(array, DataType::Float32);
    if (array.type == DataType::UInt32) convertElements<uint32_t, int64_t>(array, DataType::Int64);
    if (array.type != DataType::Float16) return;
    const auto values = analysis::dequantize(tensorOf(array), array.bytes);
    array.type = DataType::Float32;
    array.bytes = bytes::bytesOfNumbers(values);
}

Result<void> checkArrays(const Array& x, const std::optional<Array>& y, const std::string& where) {
    if (x.shape.empty() || elementCount(x.shape) < 1)
        return fail("x has no samples", where,
                    "its first axis counts the samples, each holds at least one value");
    if (y && (y->shape.empty() || y->shape[0] != x.shape[0]))
        return fail(
            "x has " + std::to_string(x.shape[0]) + " samples, y has shape " + shapeText(y->shape),
            where, "save one row of y per sample");
    return {};
}

void describe(Sample& sample, DataType type, Shape shape) {
    sample.type = type;
    sample.shape = std::move(shape);
    const bool pixels = type == DataType::UInt8 && sample.shape.size() == 3 &&
                        (sample.shape[2] == 1 || sample.shape[2] == 3);
    sample.content = pixels ? Content::Pixels : Content::Numbers;
}

/// Sample i of x: a view of its bytes, without the first axis.
Sample rowOf(const Array& x, const Bytes& bytes, int32_t i) {
    Sample sample;
    sample.name = "sample " + std::to_string(i);
    describe(sample, x.type, Shape(x.shape.begin() + 1, x.shape.end()));
    const auto size = static_cast<size_t>(bytesOf(x.type, elementCount(sample.shape)));
    sample.bytes = bytes.window(static_cast<size_t>(i) * size, size);
    return sample;
}

bool isClass(float value) {
    return value >= 0 && value == std::floor(value) && value < static_cast<float>(kMaxClasses);
}

bool isOneHot(std::span<const float> row) {
    const auto ones = std::count(row.begin(), row.end(), 1.0f);
    const auto zeros = std::count(row.begin(), row.end(), 0.0f);
    return ones == 1 && static_cast<size_t>(ones + zeros) == row.size();
}

/// The rows of y as labels or targets.
class Targets {
public:
    explicit Targets(const Array& y)
        : m_values(analysis::dequantize(tensorOf(y), y.bytes)),
          m_each(m_values.size() / static_cast<size_t>(y.shape[0])) {
        const bool floats = y.type == DataType::Float32;
        bool classes = m_each == 1, oneHot = m_each > 1;
        for (size_t i = 0; i < static_cast<size_t>(y.shape[0]); ++i) {
            classes = classes && isClass(row(i)[0]);
            oneHot = oneHot && isOneHot(row(i));
        }
        m_kind = oneHot ? Kind::OneHot : classes || !floats ? Kind::Classes : Kind::Numbers;
    }

    Result<void> setOn(Sample& sample, size_t i) const {
        const auto own = row(i);
        if (m_kind == Kind::Numbers) {
            sample.target.assign(own.begin(), own.end());
            return {};
        }
        if (m_kind == Kind::OneHot) {
            sample.label =
                static_cast<int32_t>(std::find(own.begin(), own.end(), 1.0f) - own.begin());
            return {};
        }
        if (m_each != 1)
            return fail("y has " + std::to_string(m_each) + " integers per sample", sample.name,
                        "save one label or a one-hot row per sample, or float32 targets");
        if (!isClass(own[0])) {
            char label[32];
            std::snprintf(label, sizeof label, "%g", static_cast<double>(own[0]));
            return fail(std::string("label ") + label + " is not a valid class", sample.name,
                        "labels count from 0");
        }
        sample.label = static_cast<int32_t>(own[0]);
        return {};
    }

    /// The number of classes that one-hot rows state; 0 otherwise.
    int32_t statedClasses() const {
        return m_kind == Kind::OneHot ? static_cast<int32_t>(m_each) : 0;
    }

private:
    enum class Kind : int8_t { Classes, OneHot, Numbers };

    std::span<const float> row(size_t i) const {
        return std::span(m_values).subspan(i * m_each, m_each);
    }

    std::vector<float> m_values;
    size_t m_each;
    Kind m_kind = Kind::Classes;
};

}  // namespace

Result<Dataset> datasetOf(Array x, std::optional<Array> y, const std::filesystem::path& where,
                          const ReadOptions& options) {
    fitType(x);
    if (y) fitType(*y);
    if (auto sound = checkArrays(x, y, where.string()); !sound)
        return tl::unexpected(sound.error());
    const Bytes bytes(std::move(x.bytes));
    std::optional<Targets> targets;
    if (y) targets.emplace(*y);
    const int32_t stated = targets ? targets->statedClasses() : 0;
    if (stated > kMaxClasses)
        return fail("y has " + std::to_string(stated) + " classes, more than " +
                        std::to_string(kMaxClasses),
                    where.string(), "save the numbers of the classes");
    SampleGathering gathering(options);
    int32_t classes = stated;
    for (int32_t i = 0; i < x.shape[0]; ++i) {
        Result<std::vector<Sample>> samples{{rowOf(x, bytes, i)}};
        Result<void> done;
        if (targets) done = targets->setOn(samples->front(), static_cast<size_t>(i));
        if (done)
            classes = std::max(classes, samples->front().label + 1);
        else
            samples = tl::unexpected(done.error());
        if (auto added = gathering.add(std::move(samples)); !added)
            return tl::unexpected(added.error());
    }
    auto dataset = std::move(gathering).finish(where, classes);
    if (dataset) dataset->classesStated = stated > 0;
    return dataset;
}

Result<Sample> sampleOf(Array array, const std::string& name) {
    fitType(array);
    if (elementCount(array.shape) < 1)
        return fail("the array is empty", name, "save at least one value");
    Sample sample;
    sample.name = name;
    // An axis that counts one sample is no axis of the image.
    Shape shape = array.shape;
    if (shape.size() == 4 && shape[0] == 1) shape.erase(shape.begin());
    describe(sample, array.type, std::move(shape));
    sample.bytes = Bytes(std::move(array.bytes));
    return sample;
}

}  // namespace data
