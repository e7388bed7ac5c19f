// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// QEMU's netduinoplus2 with the resident agent in its flash and its serial line on a
// pseudo-terminal. Ends with the object.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "runners/qemu_log.h"
#include "runners/qemu_process.h"
#include "support/temporary_dir.h"

namespace test {

class EmulatedAgent {
public:
    /// False where QEMU or the agent's image is missing.
    static bool isHere() {
        return !runners::findProgram("qemu-system-arm").empty() &&
               std::filesystem::exists(images() / "agent-netduinoplus2.elf") &&
               std::filesystem::exists(images() / "counting_plugin.so");
    }

    EmulatedAgent() : m_pid(fork()) {
        if (m_pid == 0) start();
        for (int tries = 0; m_device.empty() && tries < 400; ++tries) {
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
            readDevice();
        }
    }
    EmulatedAgent(const EmulatedAgent&) = delete;
    EmulatedAgent& operator=(const EmulatedAgent&) = delete;
    ~EmulatedAgent() { end(); }

    void end() {
        if (m_pid <= 0) return;
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }
    /// "serial:/dev/pts/4".
    std::string target() const { return "serial:" + m_device; }
    /// Rows of the plugin: every operator of every invoke.
    std::vector<runners::InstructionCounts> counts() const {
        return runners::readCounts(textOf(m_files / "counts.txt"));
    }

private:
    static std::filesystem::path images() {
        if (const char* chosen = std::getenv("NETCALIPER_EMULATOR")) return chosen;
        return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() /
               "emulator";
    }
    static std::string textOf(const std::filesystem::path& file) {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    [[noreturn]] void start() const {
        const std::string said = m_files / "said.txt", image = images() / "agent-netduinoplus2.elf";
        const std::string plugin = (images() / "counting_plugin.so").string() +
                                   ",out=" + (m_files / "counts.txt").string();
        if (freopen(said.c_str(), "w", stdout) == nullptr) _exit(127);
        dup2(STDOUT_FILENO, STDERR_FILENO);
        execlp("qemu-system-arm", "qemu-system-arm", "-machine", "netduinoplus2", "-nodefaults",
               "-display", "none", "-monitor", "none", "-serial", "pty", "-kernel", image.c_str(),
               "-plugin", plugin.c_str(), nullptr);
        _exit(127);
    }
    /// QEMU says: "char device redirected to /dev/pts/4 (label serial0)".
    void readDevice() {
        const std::string said = textOf(m_files / "said.txt");
        const auto begin = said.find("/dev/"), end = said.find(" (label");
        if (begin != std::string::npos && end != std::string::npos)
            m_device = said.substr(begin, end - begin);
    }

    support::TemporaryDir m_files;
    pid_t m_pid;
    std::string m_device;
};

#define SKIP_WITHOUT_EMULATED_AGENT()   \
    if (!test::EmulatedAgent::isHere()) \
    GTEST_SKIP() << "qemu-system-arm or the agent's image is not here"

}  // namespace test
