// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/serial_session.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <random>

#include "importers/read_log.h"
#include "runners/agent_session.h"
#include "runners/serial_port.h"

namespace runners {
namespace {

using namespace types;
using SerialClock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr int kDefaultBaud = 115'200;
constexpr int kReadMs = 100, kAnswerMs = 10, kWriteMs = 5'000;
constexpr double kLookAtTextS = 1;  ///< longest search for an agent while the board prints text
constexpr Seconds kQuiet{2}, kBetweenLooks{0.25};
constexpr size_t kMaxBytes = size_t{512} << 20;  ///< limit, as for a log file

struct Address {
    std::string device;
    int baud = kDefaultBaud;
    bool isBaudGiven = false;
};

/// "/dev/ttyACM0@9600".
Result<Address> parseAddress(const std::string& detail) {
    Address address{detail};
    const auto at = detail.rfind('@');
    if (at == std::string::npos) return address;
    address.device = detail.substr(0, at);
    address.isBaudGiven = true;
    const char* end = detail.data() + detail.size();
    const auto parsed = std::from_chars(detail.data() + at + 1, end, address.baud);
    if (parsed.ec != std::errc() || parsed.ptr != end || address.baud <= 0)
        return fail("'" + detail.substr(at + 1) + "' is not a baud rate", detail,
                    "write DEVICE@115200");
    return address;
}

/// Joins the sessions of a log: a board that prints its memory first and then its layers gives two
/// sessions of one run.
Session joined(std::vector<Session> sessions) {
    Session all = std::move(sessions.front());
    for (size_t i = 1; i < sessions.size(); ++i) {
        Session& next = sessions[i];
        const auto append = [](auto& to, auto& from) {
            to.insert(to.end(), std::make_move_iterator(from.begin()),
                      std::make_move_iterator(from.end()));
        };
        append(all.measurements, next.measurements);
        append(all.outputs, next.outputs);
        append(all.traces, next.traces);
        append(all.warnings, next.warnings);
    }
    return all;
}

/// Number of inferences in a session.
size_t inferencesIn(const Session& session) {
    for (const Measurement& m : session.measurements)
        if (m.key == kWhole || m.layer) return m.samples.size();
    return 0;
}

/// The text received so far, and whether it is enough.
class Listener {
public:
    Listener(std::string device, const RunRequest& request)
        : m_device(std::move(device)), m_request(request) {
        if (!request.rawLogFile.empty()) m_copy.open(request.rawLogFile, std::ios::binary);
    }

    void hear(const std::string& bytes) {
        if (bytes.empty()) return;
        m_log += bytes;
        m_heardAt = SerialClock::now();
        m_isNew = true;
        if (m_copy.is_open()) m_copy << bytes << std::flush;
    }

    /// True where listening may end.
    bool isComplete() {
        const Seconds quiet = SerialClock::now() - m_heardAt;
        if (quiet.count() > m_request.timeoutS) return true;
        if (!m_isNew || SerialClock::now() < m_nextLook || (!m_request.repeats && quiet < kQuiet))
            return false;
        m_isNew = false;
        const auto begin = SerialClock::now();
        const auto session = read();
        // Each check reads the whole log; the pause grows with it, so that most of the time is for
        // listening.
        const Seconds took = SerialClock::now() - begin, pause = std::max(kBetweenLooks, 10 * took);
        m_nextLook = SerialClock::now() + std::chrono::duration_cast<SerialClock::duration>(pause);
        return session &&
               (!m_request.repeats || inferencesIn(*session) >= size_t(*m_request.repeats));
    }

    Result<Session> read() const {
        if (m_log.empty())
            return fail("the board sent nothing", m_device, "reset it; check baud rate and cable");
        auto imported = importers::readLogBytes(m_device, m_log);
        if (!imported) return tl::unexpected(imported.error());
        Session session = joined(std::move(imported->sessions));
        session.rawLog = m_log;
        const Conditions model = modelConditions(m_request);
        if (session.conditions.modelName.empty()) session.conditions.modelName = model.modelName;
        if (session.conditions.modelHash.empty()) session.conditions.modelHash = model.modelHash;
        return session;
    }

    size_t bytes() const { return m_log.size(); }
    bool hasHeardLine() const { return m_log.find('\n') != std::string::npos; }

private:
    std::string m_device;
    const RunRequest& m_request;
    std::string m_log;
    std::ofstream m_copy;
    SerialClock::time_point m_heardAt = SerialClock::now(), m_nextLook = m_heardAt;
    bool m_isNew = false;
};

/// Talks to an agent on the line.
class AgentTalk {
public:
    AgentTalk(const Address& address, SerialPort& port, const RunRequest& request)
        : m_address(address),
          m_port(port),
          m_request(request),
          m_dialogue(settingsFor(address, request), [&request](const firmware::AgentInfo& info) {
              return makeAgentJob(request, info);
          }) {}

    /// True where bytes hold the late answer of an agent; then call run() again.
    bool wakes(const std::string& bytes) {
        m_dialogue.hear({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
        return m_dialogue.hasMet();
    }

    /// Nothing where there is no agent: what was heard until then is the listener's. `unplugged`
    /// is set where the device went away before anybody answered.
    Result<std::optional<Session>> run(Listener& listener, std::optional<Error>& unplugged,
                                       const Work& work) {
        while (!m_dialogue.isDone()) {
            if (work.isStopped()) return cancelled();
            if (!m_dialogue.hasMet() && listener.hasHeardLine() && seconds() > kLookAtTextS) break;
            work.report(m_dialogue.share(), m_dialogue.stepName());
            const auto heard = exchange();
            if (!heard && m_dialogue.hasMet())
                return fail("the board was disconnected while it was measured", m_address.device,
                            "plug it in and measure again");
            if (!heard) unplugged = heard.error();
            if (unplugged) break;
            if (!m_dialogue.hasMet()) listener.hear(*heard);
        }
        if (!m_dialogue.hasMet()) {
            m_port.setBaud(m_address.baud);
            return std::optional<Session>();
        }
        const auto ran = std::move(m_dialogue).result();
        if (!ran) return tl::unexpected(ran.error());
        auto session = makeAgentSession(m_request, *ran);
        if (!session) return tl::unexpected(session.error());
        if (!m_request.rawLogFile.empty())
            std::ofstream(m_request.rawLogFile, std::ios::binary) << session->rawLog;
        return std::optional(std::move(*session));
    }

private:
    static AgentSettings settingsFor(const Address& address, const RunRequest& request) {
        AgentSettings settings;
        settings.device = address.device;
        settings.rates = {static_cast<uint32_t>(address.baud)};
        if (address.isBaudGiven) settings.wantedBaud = static_cast<uint32_t>(address.baud);
        if (address.baud != kDefaultBaud) settings.rates.push_back(kDefaultBaud);
        settings.silenceS = request.timeoutS;
        settings.session = std::random_device()() | 1;
        return settings;
    }

    double seconds() const { return Seconds(SerialClock::now() - m_begin).count(); }

    /// Sends what is due and returns what arrived.
    Result<std::string> exchange() {
        const auto output = m_dialogue.poll(seconds());
        // A rate that the port does not have shows as silence, and the dialogue goes back.
        if (output.baud) m_port.setBaud(static_cast<int>(*output.baud));
        if (auto sent = m_port.write(output.bytes, kWriteMs); !sent)
            return tl::unexpected(sent.error());
        auto heard = m_port.read(kAnswerMs);
        if (heard) wakes(*heard);
        return heard;
    }

    const Address& m_address;
    SerialPort& m_port;
    const RunRequest& m_request;
    AgentDialogue m_dialogue;
    SerialClock::time_point m_begin = SerialClock::now();
};

/// Listens to a log until it is complete. Returns a session where an agent answers late after all.
Result<std::optional<Session>> listen(SerialPort& port, AgentTalk& talk, Listener& listener,
                                      std::optional<Error>& unplugged, const Work& work) {
    while (!listener.isComplete() && !unplugged) {
        if (work.isStopped()) return cancelled();
        const std::string heard = std::to_string(listener.bytes());
        work.report(0, ("listening, " + heard + " bytes so far").c_str());
        const auto bytes = port.read(kReadMs);
        if (!bytes) {
            unplugged = bytes.error();
            break;
        }
        listener.hear(*bytes);
        if (talk.wakes(*bytes)) return talk.run(listener, unplugged, work);
        if (listener.bytes() > kMaxBytes)
            return fail("the board has sent more than 512 MiB", port.device(),
                        "let it print less, or ask for fewer inferences");
    }
    return std::optional<Session>();
}

}  // namespace

Result<Session> measureOnSerial(const std::string& detail, const RunRequest& request,
                                const types::Work& work) {
    const auto address = parseAddress(detail);
    if (!address) return tl::unexpected(address.error());
    auto port = SerialPort::open(address->device, address->baud);
    if (!port) return tl::unexpected(port.error());
    Listener listener(address->device, request);
    std::optional<Error> unplugged;
    AgentTalk talk(*address, *port, request);
    auto byAgent = talk.run(listener, unplugged, work);
    if (byAgent && !*byAgent) byAgent = listen(*port, talk, listener, unplugged, work);
    if (!byAgent) return tl::unexpected(byAgent.error());
    if (*byAgent) return std::move(**byAgent);
    auto session = listener.read();
    if (unplugged && session)
        session->warnings.push_back("The board was unplugged while it was listened to.");
    if (unplugged && !session && listener.bytes() == 0) return tl::unexpected(*unplugged);
    return session;
}

}  // namespace runners
