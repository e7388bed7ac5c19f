// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/idx_files.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "data/array_samples.h"

namespace data::idx_files {
namespace {

using namespace types;
using IdxPaths = std::vector<std::filesystem::path>;

constexpr int64_t kMaxElements = int64_t{1} << 30;

std::optional<DataType> typeOf(uint8_t code) {
    switch (code) {
        case 0x08:
            return DataType::UInt8;
        case 0x09:
            return DataType::Int8;
        case 0x0B:
            return DataType::Int16;
        case 0x0C:
            return DataType::Int32;
        case 0x0D:
            return DataType::Float32;
        case 0x0E:
            return DataType::Float64;
        default:
            return std::nullopt;
    }
}

bool isMagic(std::span<const uint8_t> bytes) {
    return bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0 && typeOf(bytes[2]) &&
           bytes[3] >= 1 && bytes[3] <= 8;
}

/// Up to `most` bytes of the file, unpacked where it is compressed.
Result<std::vector<uint8_t>> unpacked(const std::filesystem::path& file, size_t most) {
    // Reads plain files, too.
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> open(gzopen(file.c_str(), "rb"), gzclose);
    if (!open) return fail("cannot be read", file.string(), "check its permissions");
    constexpr size_t kStep = size_t{1} << 20;
    std::vector<uint8_t> bytes;
    while (bytes.size() < most) {
        const size_t begin = bytes.size();
        const size_t wanted = std::min(kStep, most - begin);
        bytes.resize(begin + wanted);
        const int count = gzread(open.get(), bytes.data() + begin, static_cast<unsigned>(wanted));
        if (count < 0)
            return fail("cannot be unpacked", file.string(), "download or compress it again");
        bytes.resize(begin + static_cast<size_t>(count));
        if (static_cast<size_t>(count) < wanted) break;
    }
    return bytes;
}

/// Other datasets have files without an ending, too, so the content decides.
bool isIdxFile(const std::filesystem::path& file) {
    std::error_code problem;
    const std::string name = file.filename().string();
    const auto ending = file.extension();
    const bool isNamed = name.find("idx") != std::string::npos ||
                         name.find("ubyte") != std::string::npos || ending == ".gz";
    if (!isNamed || !std::filesystem::is_regular_file(file, problem)) return false;
    const auto begin = unpacked(file, 4);
    return begin && isMagic(*begin);
}

bool holdsLabels(const std::filesystem::path& file) {
    const auto begin = unpacked(file, 4);
    if (!begin || !isMagic(*begin)) return false;
    // One-hot rows have an axis of classes, too.
    const bool isNamed = file.filename().string().find("label") != std::string::npos;
    return (*begin)[3] == 1 || ((*begin)[3] == 2 && isNamed);
}

IdxPaths idxFilesOf(const std::filesystem::path& directory) {
    IdxPaths files;
    std::error_code problem;
    for (std::filesystem::directory_iterator entry(directory, problem), end;
         !problem && entry != end; entry.increment(problem))
        if (isIdxFile(entry->path())) files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    return files;
}

/// The part of the name that a set's images and labels share: "train" of "train-images-idx3-ubyte".
std::string setName(const std::filesystem::path& file) {
    std::string name = file.filename().string();
    for (const char* word : {"images", "labels", "image", "label"}) {
        const size_t at = name.find(word);
        if (at != std::string::npos) return name.substr(0, at);
    }
    return name.substr(0, name.find("idx"));
}

Result<Array> readArray(const std::filesystem::path& file) {
    constexpr size_t kMost = (size_t{1} << 30) + 64;
    const auto bytes = unpacked(file, kMost);
    if (!bytes) return tl::unexpected(bytes.error());
    return parseIdx(*bytes, file.string());
}

/// The images of the path; an Error that names them where there are several.
Result<std::filesystem::path> imagesOf(const std::filesystem::path& path) {
    std::error_code problem;
    if (!std::filesystem::is_directory(path, problem)) return path;
    IdxPaths images;
    std::string names;
    for (const auto& file : idxFilesOf(path)) {
        if (holdsLabels(file)) continue;
        images.push_back(file);
        names += (names.empty() ? "" : ", ") + file.filename().string();
    }
    if (images.size() == 1) return images.front();
    return fail(images.empty() ? "the directory holds labels but no samples"
                               : "the directory holds several sets: " + names,
                path.string(), "give the file of the samples");
}

std::optional<std::filesystem::path> labelsBeside(const std::filesystem::path& images) {
    for (const auto& file : idxFilesOf(images.parent_path()))
        if (file != images && setName(file) == setName(images) && holdsLabels(file)) return file;
    return std::nullopt;
}

}  // namespace

Result<Array> parseIdx(std::span<const uint8_t> bytes, const std::string& name) {
    if (!isMagic(bytes)) return fail("not an IDX file", name, "download it again");
    Array array{*typeOf(bytes[2]), {}, {}};
    const size_t rank = bytes[3];
    constexpr size_t kMagic = 4, kDimension = 4;
    int64_t elements = 1;
    for (size_t i = 0; i < rank && kMagic + (i + 1) * kDimension <= bytes.size(); ++i) {
        int64_t dimension = 0;
        for (const uint8_t byte : bytes.subspan(kMagic + i * kDimension, kDimension))
            dimension = dimension << 8 | byte;
        elements = dimension > kMaxElements ? kMaxElements + 1 : elements * dimension;
        if (elements > kMaxElements)
            return fail("the shape is too large", name, "download it again");
        array.shape.push_back(static_cast<int32_t>(dimension));
    }
    const auto size = static_cast<size_t>(bytesOf(array.type, 1));
    const size_t begin = kMagic + rank * kDimension, needed = static_cast<size_t>(elements) * size;
    if (array.shape.size() < rank || bytes.size() - begin < needed)
        return fail("the file ends within its data", name, "download it again");
    const auto body = bytes.subspan(begin, needed);
    array.bytes.assign(body.begin(), body.end());
    // The most significant byte comes first in the file.
    for (size_t at = 0; size > 1 && at < needed; at += size)
        std::reverse(array.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                     array.bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
    return array;
}

bool matches(const std::filesystem::path& path) {
    std::error_code problem;
    return std::filesystem::is_directory(path, problem) ? !idxFilesOf(path).empty()
                                                        : isIdxFile(path);
}

Result<Dataset> read(const std::filesystem::path& path, const ReadOptions& options) {
    const auto images = imagesOf(path);
    if (!images) return tl::unexpected(images.error());
    auto x = readArray(*images);
    if (!x) return tl::unexpected(x.error());
    // Images are grey: height and width without an axis of channels.
    if (x->type == DataType::UInt8 && x->shape.size() == 3) x->shape.push_back(1);
    std::optional<Array> y;
    if (const auto labels = labelsBeside(*images)) {
        auto read = readArray(*labels);
        if (!read) return tl::unexpected(read.error());
        y = std::move(*read);
    }
    return datasetOf(std::move(*x), std::move(y), path, options);
}

}  // namespace data::idx_files
