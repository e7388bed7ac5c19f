// SPDX-License-Identifier: GPL-3.0-or-later
// The images of the resident agent for boards that no emulator has: what a chip checks before it
// runs them.

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Empty where the cross compiler was missing.
std::vector<uint8_t> imageOf(const std::string& port) {
    const fs::path program = fs::read_symlink("/proc/self/exe");
    const fs::path image =
        program.parent_path().parent_path() / "agents" / ("agent-" + port + ".bin");
    std::ifstream stream(image, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

uint32_t wordAt(const std::vector<uint8_t>& image, size_t offset) {
    uint32_t word = 0;
    std::memcpy(&word, image.data() + offset, sizeof word);
    return word;
}

/// CRC-32 with polynomial 0x04c11db7, not reflected, as the boot ROM of the RP2040 computes it.
uint32_t bootChecksum(const std::vector<uint8_t>& image) {
    uint32_t sum = 0xffffffff;
    for (size_t i = 0; i < 252; ++i) {
        sum ^= uint32_t{image[i]} << 24;
        for (int bit = 0; bit < 8; ++bit)
            sum = sum >> 31 ? sum << 1 ^ 0x04c11db7 : sum << 1;
    }
    return sum;
}

TEST(AgentImages, ThePicosBootStageHasItsChecksum) {
    const auto image = imageOf("raspberry-pi-pico");
    if (image.empty()) GTEST_SKIP() << "no agent was built";
    ASSERT_GT(image.size(), 512u);
    EXPECT_EQ(wordAt(image, 252), bootChecksum(image));
}

struct Place {
    const char* port;
    size_t vectors;            ///< offset in the image
    uint32_t flash, stackTop;  ///< begin of the flash, end of the RAM
};

TEST(AgentImages, VectorsPointIntoTheMemoryOfTheChip) {
    constexpr Place kPlaces[] = {
        {"netduinoplus2", 0, 0x08000000, 0x20020000},
        {"nucleo-f446re", 0, 0x08000000, 0x20020000},
        {"nucleo-f746zg", 0, 0x08000000, 0x20050000},
        {"nucleo-h743zi", 0, 0x08000000, 0x24080000},
        {"nucleo-l4r5zi", 0, 0x08000000, 0x200a0000},
        {"nrf52840-dk", 0, 0x00000000, 0x20040000},
        {"raspberry-pi-pico", 256, 0x10000000, 0x20042000},
    };
    for (const Place& place : kPlaces) {
        const auto image = imageOf(place.port);
        if (image.empty()) GTEST_SKIP() << "no agent was built";
        EXPECT_EQ(wordAt(image, place.vectors), place.stackTop) << place.port;
        const uint32_t reset = wordAt(image, place.vectors + 4);
        EXPECT_EQ(reset & 1, 1u) << place.port << ": not Thumb";
        EXPECT_LT(reset - place.flash, image.size()) << place.port;
        EXPECT_LE(image.size(), size_t{256} << 10) << place.port;
    }
}

}  // namespace
