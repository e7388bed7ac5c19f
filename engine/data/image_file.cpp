// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/image_file.h"

#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "data/sample_gathering.h"

namespace data {
namespace {

using namespace types;

constexpr int64_t kMaxPixels = int64_t{1} << 26;
constexpr int32_t kMaxShorterSide = 256;

tl::unexpected<Error> badImage(const std::string& name, const std::string& why) {
    return fail("the image cannot be decoded (" + why + ")", name, "replace it, or skip bad files");
}

Image blank(int32_t height, int32_t width, int32_t channels) {
    return {height, width, channels,
            std::vector<uint8_t>(static_cast<size_t>(height) * static_cast<size_t>(width) *
                                 static_cast<size_t>(channels))};
}

bool isTooLarge(int64_t width, int64_t height) {
    return width < 1 || height < 1 || width > kMaxPixels / height;
}

Result<Image> decodeJpeg(std::span<const uint8_t> bytes, const std::string& name) {
    const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), tjDestroy);
    const auto problem = [&] { return badImage(name, tjGetErrorStr2(decoder.get())); };
    int width = 0, height = 0, sampling = 0, colours = 0;
    if (tjDecompressHeader3(decoder.get(), bytes.data(), bytes.size(), &width, &height, &sampling,
                            &colours) != 0)
        return problem();
    if (isTooLarge(width, height)) return badImage(name, "more than 64 million pixels");
    const bool grey = colours == TJCS_GRAY;
    Image image = blank(height, width, grey ? 1 : 3);
    // Warnings count as errors: they mean missing or damaged data. The scan limit bounds decoding
    // time: a progressive image with thousands of scans would take hours.
    if (tjDecompress2(decoder.get(), bytes.data(), bytes.size(), image.pixels.data(), width, 0,
                      height, grey ? TJPF_GRAY : TJPF_RGB,
                      TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS) != 0)
        return problem();
    return image;
}

Result<Image> decodePng(std::span<const uint8_t> bytes, const std::string& name) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, void (*)(png_image*)> closed(&png, png_image_free);
    if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()))
        return badImage(name, png.message);
    if (isTooLarge(png.width, png.height)) return badImage(name, "more than 64 million pixels");
    const bool grey = (png.format & PNG_FORMAT_FLAG_COLOR) == 0;
    png.format = grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    Image image =
        blank(static_cast<int32_t>(png.height), static_cast<int32_t>(png.width), grey ? 1 : 3);
    const png_color black{};
    if (!png_image_finish_read(&png, &black, image.pixels.data(), 0, nullptr))
        return badImage(name, png.message);
    return image;
}

Image reduced(const Image& image) {
    const double factor =
        static_cast<double>(kMaxShorterSide) / std::min(image.height, image.width);
    if (factor >= 1) return image;
    const auto height = static_cast<int32_t>(std::lround(image.height * factor));
    const auto width = static_cast<int32_t>(std::lround(image.width * factor));
    Image small{height, width, image.channels, {}};
    for (float pixel : resized(image, height, width))
        small.pixels.push_back(static_cast<uint8_t>(std::lround(pixel)));
    return small;
}

}  // namespace

bool isImageFile(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".jpg" || ending == ".jpeg" || ending == ".png";
}

Result<Image> decodeImage(std::span<const uint8_t> bytes, const std::string& name) {
    if (bytes.size() >= 2 && bytes[0] == 0xFF && bytes[1] == 0xD8) return decodeJpeg(bytes, name);
    if (bytes.size() >= 4 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G')
        return decodePng(bytes, name);
    return badImage(name, "neither JPEG nor PNG");
}

Result<Sample> readImageSample(const std::filesystem::path& file, int32_t label) {
    const auto bytes = readWhole(file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto decoded = decodeImage(bytes->view(), file.string());
    if (!decoded) return tl::unexpected(decoded.error());
    Image image = reduced(*decoded);
    Sample sample{file.filename().string(), label, Bytes(std::move(image.pixels))};
    sample.content = Content::Pixels;
    sample.shape = {image.height, image.width, image.channels};
    return sample;
}

}  // namespace data
