// SPDX-License-Identifier: GPL-3.0-or-later
// A pseudo-terminal plays the board.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "runners/runner.h"
#include "support/temporary_dir.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;

/// The board's end of a serial line.
class PlayedBoard {
public:
    PlayedBoard() : m_master(posix_openpt(O_RDWR | O_NOCTTY)) {
        if (m_master < 0 || grantpt(m_master) != 0 || unlockpt(m_master) != 0) return;
        m_device = ptsname(m_master);
        // Held open, so that bytes sent before anybody listens are not lost.
        m_slave = ::open(m_device.c_str(), O_RDWR | O_NOCTTY);
        termios raw{};
        tcgetattr(m_slave, &raw);
        cfmakeraw(&raw);
        tcsetattr(m_slave, TCSANOW, &raw);
    }
    ~PlayedBoard() { unplug(); }

    bool isThere() const { return m_slave >= 0; }
    const std::string& device() const { return m_device; }
    void say(const std::string& text) {
        ASSERT_EQ(::write(m_master, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    void unplug() {
        if (m_master < 0) return;
        close(m_slave);
        close(m_master);
        m_master = -1;
    }

private:
    int m_master, m_slave = -1;
    std::string m_device;
};

/// Some containers have no pseudo-terminals.
struct SerialSession : testing::Test {
    PlayedBoard board;

    void SetUp() override {
        if (!board.isThere()) GTEST_SKIP() << "no pseudo-terminal here";
    }
};

runners::RunRequest request(double timeoutS = 5) {
    runners::RunRequest request;
    request.graph = *zoo::bundledModels().front().build(zoo::bundledModels().front().precision);
    request.timeoutS = timeoutS;
    return request;
}

std::string profile(int ticks) {
    return "\"Event\",\"Tag\",\"Ticks\"\r\n0,CONV_2D," + std::to_string(ticks) +
           "\r\n1,SOFTMAX,20\r\n";
}

const Measurement* layerOf(const Session& session, int32_t layer) {
    for (const Measurement& m : session.measurements)
        if (m.layer == layer) return &m;
    return nullptr;
}

TEST_F(SerialSession, ListensUntilTheBoardIsQuiet) {
    std::thread talk([&] {
        board.say("\xff\xfe boot noise\r\n");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        board.say(profile(1000).substr(0, 30));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        board.say(profile(1000).substr(30));
    });
    const support::TemporaryDir dir;
    auto asked = request();
    asked.rawLogFile = dir / "raw.txt";
    const auto session = runners::runOn("serial:" + board.device(), asked);
    talk.join();
    ASSERT_TRUE(session) << session.error().message();
    ASSERT_NE(layerOf(*session, 0), nullptr);
    EXPECT_EQ(layerOf(*session, 0)->samples, std::vector<double>{1000});
    EXPECT_EQ(session->rawLog, "\xff\xfe boot noise\r\n" + profile(1000));
    std::ifstream copy(asked.rawLogFile, std::ios::binary);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(copy), {}), session->rawLog);
    EXPECT_EQ(session->conditions.modelName, asked.graph->name + ".tflite");
}

TEST_F(SerialSession, StopsAfterTheInferencesAskedFor) {
    std::jthread talk([&](std::stop_token stop) {
        for (int i = 0; i < 100 && !stop.stop_requested(); ++i) {
            board.say(profile(1000 + i));
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    });
    auto asked = request();
    asked.repeats = 3;
    const auto session = runners::runOn("serial:" + board.device(), asked);
    ASSERT_TRUE(session) << session.error().message();
    EXPECT_GE(layerOf(*session, 0)->samples.size(), 3u);
    EXPECT_LT(layerOf(*session, 0)->samples.size(), 90u);
}

TEST_F(SerialSession, ASilentBoardTimesOut) {
    const auto session = runners::runOn("serial:" + board.device(), request(0.3));
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().what, "the board sent nothing");
}

TEST_F(SerialSession, GarbageIsNamedAsWhatItIs) {
    board.say(std::string(500, '\x81') + "\n");
    EXPECT_FALSE(runners::runOn("serial:" + board.device(), request(0.5)));
}

TEST_F(SerialSession, UnpluggingKeepsWhatWasHeard) {
    board.say(profile(1000));
    std::thread pull([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
        board.unplug();
    });
    const auto session = runners::runOn("serial:" + board.device(), request());
    pull.join();
    ASSERT_TRUE(session) << session.error().message();
    EXPECT_EQ(session->warnings.back(), "The board was unplugged while it was listened to.");
}

TEST_F(SerialSession, UnpluggingBeforeAWordIsAnError) {
    std::thread pull([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        board.unplug();
    });
    const auto session = runners::runOn("serial:" + board.device(), request());
    pull.join();
    ASSERT_FALSE(session);
    EXPECT_NE(session.error().what.find("disconnected"), std::string::npos)
        << session.error().message();
}

TEST_F(SerialSession, AddressesThatMakeNoSense) {
    EXPECT_FALSE(runners::runOn("serial:/dev/does-not-exist", request()));
    const auto rate = runners::runOn("serial:/dev/null@fast", request());
    ASSERT_FALSE(rate);
    EXPECT_NE(rate.error().what.find("'fast' is not a baud rate"), std::string::npos);
}

}  // namespace
