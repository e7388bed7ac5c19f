// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/image_file.h"

#include <gtest/gtest.h>

#include "data/sample_gathering.h"
#include "support/temporary_dir.h"
#include "written_files.h"

namespace {

const std::vector<uint8_t> kColours = {255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30};

TEST(ImageFile, PngIsReadExactly) {
    const support::TemporaryDir dir;
    written::png(dir / "a.png", 2, 2, 3, kColours);
    const auto sample = data::readImageSample(dir / "a.png", 4);
    ASSERT_TRUE(sample) << sample.error().message();
    EXPECT_EQ(sample->shape, (types::Shape{2, 2, 3}));
    EXPECT_EQ(sample->label, 4);
    const auto view = sample->bytes.view();
    EXPECT_EQ(std::vector<uint8_t>(view.begin(), view.end()), kColours);
    written::png(dir / "grey.png", 1, 3, 1, {1, 2, 3});
    EXPECT_EQ(data::readImageSample(dir / "grey.png", 0)->shape, (types::Shape{1, 3, 1}));
}

TEST(ImageFile, JpegIsReadClosely) {
    const support::TemporaryDir dir;
    std::vector<uint8_t> smooth;
    for (int i = 0; i < 16 * 16; ++i)
        smooth.insert(smooth.end(), {static_cast<uint8_t>(i), 128, static_cast<uint8_t>(255 - i)});
    written::jpeg(dir / "a.JPG", 16, 16, smooth);
    ASSERT_TRUE(data::isImageFile(dir / "a.JPG"));
    const auto sample = data::readImageSample(dir / "a.JPG", 0);
    ASSERT_TRUE(sample) << sample.error().message();
    ASSERT_EQ(sample->bytes.size(), smooth.size());
    for (size_t i = 0; i < smooth.size(); ++i)
        EXPECT_NEAR(sample->bytes.view()[i], smooth[i], 12);
}

TEST(ImageFile, DamageIsNamed) {
    const support::TemporaryDir dir;
    written::jpeg(dir / "a.jpg", 2, 2, kColours);
    const auto whole = data::readWhole(dir / "a.jpg");
    const std::string bytes(whole->view().begin(), whole->view().end());
    written::text(dir / "cut.jpg", bytes.substr(0, bytes.size() / 2));
    written::text(dir / "text.png", "no image");
    for (const char* name : {"cut.jpg", "text.png", "missing.png"}) {
        const auto sample = data::readImageSample(dir / name, 0);
        ASSERT_FALSE(sample) << name;
        EXPECT_NE(sample.error().where.find(name), std::string::npos);
        EXPECT_FALSE(sample.error().remedy.empty());
    }
}

TEST(ImageFile, LargePhotographsAreReduced) {
    const support::TemporaryDir dir;
    written::png(dir / "large.png", 600, 300, 1, std::vector<uint8_t>(600 * 300, 77));
    const auto sample = data::readImageSample(dir / "large.png", 0);
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->shape, (types::Shape{512, 256, 1}));
    EXPECT_EQ(sample->bytes.view()[1000], 77);
}

}  // namespace
