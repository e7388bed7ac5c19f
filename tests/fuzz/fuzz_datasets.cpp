// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted bytes through every reader of datasets, and from there to inputs of models. The first
// bytes select the form, so that plain files serve as seeds: .npy (a second one behind it is y),
// .npz, JPEG, PNG, WAV, IDX (one of labels behind it is their file), gzip; else text, which is read
// as CSV and as labels of an EEMBC directory, with the text after an empty line as their file
// a.bin. Readers must not crash, overrun, or return samples that violate dataset.h.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "analysis/real_values.h"
#include "data/dataset.h"
#include "data/sample_values.h"
#include "data/split.h"
#include "support/temporary_dir.h"

namespace {

using types::DataType;

void require(bool holds) {
    if (!holds) std::abort();
}

/// The files that the bytes are written to; removed at the end of the run.
class Directory {
public:
    void put(const std::string& name, std::string_view bytes) {
        std::ofstream(m_dir / name, std::ios::binary) << bytes;
        m_names.push_back(name);
    }
    void clear() {
        for (const std::string& name : m_names)
            std::filesystem::remove(m_dir / name);
        m_names.clear();
    }
    std::filesystem::path path(const std::string& name) const { return m_dir / name; }

private:
    support::TemporaryDir m_dir;
    std::vector<std::string> m_names;
};

types::Tensor input(DataType type, types::Shape shape, std::vector<float> scale,
                    std::vector<int64_t> zeroPoint) {
    types::Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    tensor.quantization.scale = std::move(scale);
    tensor.quantization.zeroPoint = std::move(zeroPoint);
    return tensor;
}

/// Of a size that seeds have, and of one that images are stretched to.
const std::vector<types::Tensor>& inputs() {
    static const std::vector<types::Tensor> all = {
        input(DataType::Float32, {1, 2, 2, 3}, {}, {}),
        input(DataType::Int8, {1, 5, 3, 1}, {1 / 255.0f}, {-128}),
        input(DataType::Int8, {1, 4}, {0.5f}, {83}),
        input(DataType::Float32, {1, 2}, {}, {}),
        input(DataType::Int16, {1, 4}, {}, {}),
        input(DataType::Float32, {1, 2, 2}, {}, {})};
    return all;
}

void checkSample(const data::Sample& sample, const data::Dataset& dataset) {
    require(sample.label >= -1 && sample.label < dataset.classes);
    require(sample.group >= -1 && sample.group < dataset.groups);
    if (sample.content == data::Content::Pixels) require(sample.shape.size() == 3);
    if (sample.content == data::Content::Sound) require(sample.type == DataType::Int16);
    if (sample.content != data::Content::Raw)
        require(static_cast<int64_t>(sample.bytes.size()) ==
                types::bytesOf(sample.type, types::elementCount(sample.shape)));
    for (const types::Tensor& tensor : inputs())
        if (const auto values = data::toReal(sample, tensor))
            require(static_cast<int64_t>(analysis::encode(tensor, *values).size()) ==
                    tensor.bytes());
}

void checkDataset(const data::Dataset& dataset) {
    constexpr size_t kMaxChecked = 100;  // one fault is in all of them
    require(!dataset.samples.empty());
    for (size_t i = 0; i < std::min(dataset.samples.size(), kMaxChecked); ++i)
        checkSample(dataset.samples[i], dataset);
    if (const auto parts = data::split(dataset, {}))
        require(parts->calibration.size() + parts->test.size() == dataset.samples.size());
}

void readAll(const std::filesystem::path& path) {
    const data::ReadOptions forgiving{true, data::PixelScaling::ZeroToOne, true,
                                      data::Codes{0.5f, 83}};
    for (const data::ReadOptions& options : {data::ReadOptions(), forgiving}) {
        const auto dataset = data::readDataset(path, options);
        if (dataset)
            checkDataset(*dataset);
        else
            require(!dataset.error().what.empty());
    }
}

constexpr std::string_view kNumpyMagic = "\x93NUMPY";
constexpr std::string_view kIdxMagic("\0\0", 2), kIdxLabels("\0\0\x08\x01", 4);

void readText(Directory& directory, std::string_view bytes) {
    const size_t end = bytes.find("\n\n");
    directory.put("a.csv", bytes);
    directory.put("y_labels.csv", bytes.substr(0, end));
    directory.put("a.bin", end == std::string_view::npos ? bytes : bytes.substr(end + 2));
    readAll(directory.path("a.csv"));
    readAll(directory.path(""));
}

void readAs(Directory& directory, const std::string& name, std::string_view bytes,
            const std::string& opened) {
    directory.put(name, bytes);
    readAll(directory.path(opened));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static Directory directory;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with(kNumpyMagic)) {
        const size_t second = bytes.find(kNumpyMagic, 1);
        if (second != std::string_view::npos) directory.put("y.npy", bytes.substr(second));
        readAs(directory, "x.npy", bytes, "");
    } else if (bytes.starts_with("PK")) {
        readAs(directory, "a.npz", bytes, "a.npz");
    } else if (bytes.starts_with("\xFF\xD8")) {
        readAs(directory, "a.jpg", bytes, "");
    } else if (bytes.starts_with("\x89PNG")) {
        readAs(directory, "a.png", bytes, "");
    } else if (bytes.starts_with("RIFF")) {
        readAs(directory, "a.wav", bytes, "");
    } else if (bytes.starts_with(kIdxMagic)) {
        const size_t second = bytes.find(kIdxLabels, 1);
        if (second != std::string_view::npos)
            directory.put("a-labels-idx1-ubyte", bytes.substr(second));
        readAs(directory, "a-images-idx3-ubyte", bytes, "");
    } else if (bytes.starts_with("\x1F\x8B")) {
        readAs(directory, "a.gz", bytes, "a.gz");
    } else {
        readText(directory, bytes);
    }
    directory.clear();
    return 0;
}
