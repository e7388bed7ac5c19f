// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace runners {
namespace {

using ProcessClock = std::chrono::steady_clock;

/// The child process and the read end of its output; the destructor kills it if it still runs.
class Child {
public:
    Child(pid_t pid, int output) : m_pid(pid), m_output(output) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        kill();
        wait();
        close(m_output);
    }

    void kill() {
        if (m_pid > 0) ::kill(m_pid, SIGKILL);
    }
    int wait() {
        if (m_pid <= 0) return m_status;
        int status = 0;
        while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = -1;
        m_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return m_status;
    }
    int output() const { return m_output; }

private:
    pid_t m_pid;
    int m_output;
    int m_status = -1;
};

// Between fork and exec only async-signal-safe calls are allowed, so the list of arguments is made
// before.
pid_t start(const std::vector<std::string>& words, int writeEnd) {
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t pid = fork();
    if (pid != 0) return pid;
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(writeEnd, STDOUT_FILENO);
    dup2(writeEnd, STDERR_FILENO);
    execvp(arguments[0], arguments.data());
    _exit(127);
}

/// Passes on whole lines as they arrive.
class Lines {
public:
    explicit Lines(const std::function<void(const std::string&)>& onLine) : m_onLine(onLine) {}
    void add(const char* text, size_t length) {
        m_rest.append(text, length);
        for (size_t end; (end = m_rest.find('\n')) != std::string::npos; m_rest.erase(0, end + 1))
            if (m_onLine) m_onLine(m_rest.substr(0, end));
    }

private:
    const std::function<void(const std::string&)>& m_onLine;
    std::string m_rest;
};

}  // namespace

types::Result<ProcessEnd> runProcess(const std::vector<std::string>& words, double timeoutS,
                                     std::stop_token stop,
                                     const std::function<void(const std::string&)>& onLine) {
    constexpr int kLookMs = 50;  // longest delay until a stop request is seen
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return types::fail(std::strerror(errno), words[0]);
    Child child(start(words, ends[1]), ends[0]);
    close(ends[1]);
    ProcessEnd end;
    Lines lines(onLine);
    auto heard = ProcessClock::now();
    for (;;) {
        pollfd waiting{child.output(), POLLIN, 0};
        const int ready = poll(&waiting, 1, kLookMs);
        if (ready > 0) {
            char buffer[4096];
            const ssize_t length = read(child.output(), buffer, sizeof buffer);
            if (length <= 0) break;
            heard = ProcessClock::now();
            end.output.append(buffer, static_cast<size_t>(length));
            lines.add(buffer, static_cast<size_t>(length));
        }
        end.stopped = stop.stop_requested();
        end.silent = ProcessClock::now() - heard > std::chrono::duration<double>(timeoutS);
        if (end.stopped || end.silent) {
            child.kill();
            break;
        }
    }
    end.exitStatus = child.wait();
    return end;
}

std::string findProgram(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream directories(path == nullptr ? "" : path);
    for (std::string directory; std::getline(directories, directory, ':');) {
        const std::string file = directory + "/" + name;
        if (access(file.c_str(), X_OK) == 0) return file;
    }
    return {};
}

}  // namespace runners
