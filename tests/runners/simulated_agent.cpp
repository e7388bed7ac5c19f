// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulated_agent.h"

#include <algorithm>

namespace {

test::SimulatedBoard* theBoard = nullptr;

/// The part of a vector from its first aligned byte.
uint8_t* aligned(std::vector<uint8_t>& bytes) {
    return reinterpret_cast<uint8_t*>((reinterpret_cast<uintptr_t>(bytes.data()) + 15) / 16 * 16);
}

}  // namespace

// The port of the simulated board.
namespace firmware {

PortInfo portInfo() {
    return {"simulated", "Cortex-M4", 1'000'000, 115'200, 2'000'000};
}
void sendByte(uint8_t byte) {
    theBoard->sent.push_back(byte);
}
bool setBaud(uint32_t baud) {
    theBoard->baud = baud;
    return true;
}
void rest() {}
void markLayer() {}
bool isEmulated() {
    return false;
}
RamArea ramArea() {
    return {aligned(theBoard->ram), static_cast<uint32_t>(theBoard->ram.size() - 16)};
}
FlashArea flashArea() {
    if (theBoard->flash.empty()) return {};
    return {aligned(theBoard->flash), static_cast<uint32_t>(theBoard->flash.size() - 16)};
}
bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    std::copy_n(bytes, count, aligned(theBoard->flash) + offset);
    return true;
}
Counter counterKind() {
    return Counter::Dwt;
}
uint64_t cycles() {
    return theBoard->cycles += 10;
}
Crash lastCrash() {
    return theBoard->crash;
}
void forgetCrash() {
    theBoard->crash = {};
}
void paintStack() {}
uint32_t deepestStack() {
    return 500;
}
bool stackIsExhausted() {
    return false;
}
uint32_t staticBytes() {
    return 100;
}

}  // namespace firmware

namespace test {

SimulatedBoard::SimulatedBoard(uint32_t ramBytes, uint32_t flashBytes)
    : ram(ramBytes + 16), flash(flashBytes == 0 ? 0 : flashBytes + 16) {
    theBoard = this;
    m_agent.begin();
}

SimulatedBoard::~SimulatedBoard() {
    theBoard = nullptr;
}

void SimulatedBoard::reset() {
    m_agent = firmware::Agent();
    m_agent.begin();
    baud = 115'200;
    for (size_t i = 0; i < ram.size(); i += 97)
        ram[i] ^= 0x5a;
}

std::vector<uint8_t> SimulatedBoard::exchange(const std::vector<uint8_t>& bytes) {
    for (const uint8_t byte : bytes) {
        if (isSilent) continue;
        if (m_counter.take(byte)) {
            ++questions;
            writes += m_counter.frame().head.kind == static_cast<uint8_t>(firmware::Message::Write);
        }
        m_agent.take(byte);
    }
    return std::exchange(sent, {});
}

namespace {

class Line {
public:
    explicit Line(const Noise& noise) : m_noise(noise), m_random(noise.seed) {}

    bool happens(double chance) {
        return chance > 0 && std::uniform_real_distribution<double>(0, 1)(m_random) < chance;
    }
    std::vector<uint8_t> through(const std::vector<uint8_t>& bytes) {
        std::vector<uint8_t> arrived;
        for (const uint8_t byte : bytes) {
            if (happens(m_noise.drop)) continue;
            if (happens(m_noise.insert)) arrived.push_back(static_cast<uint8_t>(m_random()));
            const bool flips = happens(m_noise.flip);
            arrived.push_back(flips ? static_cast<uint8_t>(byte ^ 1u << m_random() % 8) : byte);
        }
        return arrived;
    }

private:
    Noise m_noise;
    std::mt19937 m_random;
};

}  // namespace

double converse(runners::AgentDialogue& dialogue, SimulatedBoard& board, const Noise& noise,
                const std::function<void()>& onQuestion) {
    Line line(noise);
    double now = 0;
    uint32_t baud = board.baud;
    for (; !dialogue.isDone() && now < 10'000; now += 0.05) {
        const auto output = dialogue.poll(now);
        if (output.baud) baud = *output.baud;
        if (output.bytes.empty()) continue;
        if (onQuestion) onQuestion();
        if (line.happens(noise.reset)) board.reset();
        // At another rate a frame arrives as noise, which is nothing to the agent. It returns to
        // its start rate by itself.
        if (baud != board.baud) {
            board.baud = 115'200;
            continue;
        }
        dialogue.hear(line.through(board.exchange(line.through(output.bytes))));
    }
    return now;
}

}  // namespace test
