// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sound_file.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstring>

#include "bytes/number_bytes.h"
#include "data/sample_gathering.h"

namespace data {
namespace {

using namespace types;

enum class Coding : uint16_t { Integer = 1, Float = 3, Extensible = 0xFFFE };

struct Format {
    Coding coding = Coding::Integer;
    size_t channels = 0, bytesPerValue = 0;
};

tl::unexpected<Error> badSound(const std::string& name, const std::string& why) {
    return fail("the sound cannot be decoded (" + why + ")", name, "save it as 16-bit PCM WAV");
}

uint32_t littleEndian(std::span<const uint8_t> bytes) {
    uint32_t value = 0;
    for (size_t i = bytes.size(); i > 0; --i)
        value = value << 8 | bytes[i - 1];
    return value;
}

bool isTag(std::span<const uint8_t> bytes, const char* tag) {
    return bytes.size() >= 4 && std::equal(tag, tag + 4, bytes.begin());
}

/// The body of the first chunk with that tag; empty where there is none. A body that the file cuts
/// off, or whose length a recorder never filled in, ends with the file.
std::span<const uint8_t> chunk(std::span<const uint8_t> bytes, const char* tag) {
    constexpr size_t kRiffHeader = 12, kChunkHeader = 8;
    for (size_t at = kRiffHeader; at + kChunkHeader <= bytes.size();) {
        const size_t length = littleEndian(bytes.subspan(at + 4, 4));
        const auto body = bytes.subspan(at + kChunkHeader);
        if (isTag(bytes.subspan(at), tag)) return body.first(std::min(length, body.size()));
        if (length > body.size()) break;
        at += kChunkHeader + length + length % 2;  // chunks begin at even offsets
    }
    return {};
}

Result<Format> formatOf(std::span<const uint8_t> header, const std::string& name) {
    constexpr size_t kLeast = 16, kSubformat = 24;
    if (header.size() < kLeast) return badSound(name, "no format");
    Format format;
    format.coding = static_cast<Coding>(littleEndian(header.first(2)));
    if (format.coding == Coding::Extensible && header.size() >= kSubformat + 2)
        format.coding = static_cast<Coding>(littleEndian(header.subspan(kSubformat, 2)));
    format.channels = littleEndian(header.subspan(2, 2));
    const size_t bits = littleEndian(header.subspan(14, 2));
    format.bytesPerValue = bits / 8;
    const bool isInteger =
        format.coding == Coding::Integer && bits % 8 == 0 && bits >= 8 && bits <= 32;
    const bool isFloat = format.coding == Coding::Float && bits == 32;
    if (!isInteger && !isFloat) return badSound(name, "neither PCM nor float32");
    if (format.channels == 0) return badSound(name, "no channels");
    return format;
}

/// The value in [-1, 1).
double valueOf(std::span<const uint8_t> bytes, Coding coding) {
    const uint32_t bits = littleEndian(bytes);
    if (coding == Coding::Float) {
        float value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return std::isfinite(value) ? double{value} : 0;
    }
    // Eight bits are unsigned, more are signed.
    if (bytes.size() == 1) return (static_cast<double>(bits) - 128) / 128;
    const auto shift = static_cast<unsigned>(32 - 8 * bytes.size());
    return static_cast<double>(static_cast<int32_t>(bits << shift)) / 2147483648.0;
}

}  // namespace

bool isSoundFile(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".wav";
}

Result<std::vector<int16_t>> decodeSound(std::span<const uint8_t> bytes, const std::string& name) {
    if (!isTag(bytes, "RIFF") || bytes.size() < 12 || !isTag(bytes.subspan(8), "WAVE"))
        return badSound(name, "no WAV file");
    const auto format = formatOf(chunk(bytes, "fmt "), name);
    if (!format) return tl::unexpected(format.error());
    const auto body = chunk(bytes, "data");
    const size_t frame = format->channels * format->bytesPerValue;
    std::vector<int16_t> samples(body.size() / frame);
    if (samples.empty()) return badSound(name, "no samples");
    for (size_t i = 0; i < samples.size(); ++i) {
        double sum = 0;
        for (size_t c = 0; c < format->channels; ++c)
            sum +=
                valueOf(body.subspan(i * frame + c * format->bytesPerValue, format->bytesPerValue),
                        format->coding);
        const double value = sum / static_cast<double>(format->channels) * 32768;
        samples[i] = static_cast<int16_t>(std::clamp(std::round(value), -32768.0, 32767.0));
    }
    return samples;
}

Result<Sample> readSoundSample(const std::filesystem::path& file, int32_t label) {
    const auto bytes = readWhole(file);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto samples = decodeSound(bytes->view(), file.string());
    if (!samples) return tl::unexpected(samples.error());
    Sample sample{file.filename().string(), label, Bytes(bytes::bytesOfNumbers(*samples))};
    sample.content = Content::Sound;
    sample.type = DataType::Int16;
    sample.shape = {static_cast<int32_t>(samples->size())};
    return sample;
}

}  // namespace data
