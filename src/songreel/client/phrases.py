"""What the client itself says, in English and Chinese; what the service says is its own."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["en", "zh"]
_CHINESE = re.compile(r"[\u3400-\u9fff]")

PHRASES: dict[str, tuple[str, str]] = {
    "connecting": ("Connecting...", "正在连接……"),
    "ready": ("Ready!", "准备好了！"),
    "working": ("⏳ Still working...", "⏳ 仍在处理中……"),
    "received": ("Received {names}.", "已收到 {names}。"),
    "what-now": (
        "Say what you want, such as “generate a music video clip synced to my song with matching visuals”.",
        "请说出你想要的，例如“为我的歌生成画面匹配、跟着节拍的音乐视频”。",
    ),
    "which-file": ("Drag a file in here, or type its path or address.", "请把文件拖进来，或输入它的路径或网址。"),
    "no-file": ("There is no file {name}.", "没有文件 {name}。"),
    "empty-folder": ("{name} holds no song, photo or video.", "{name} 里没有歌曲、照片或视频。"),
    "uploading": ("Uploading {names}", "正在上传 {names}"),
    "credits": (
        "{available} credits available, {frozen} reserved, {total} in total.",
        "可用积分 {available}，冻结 {frozen}，总计 {total}。",
    ),
    "no-video": ("There is no video yet.", "还没有视频。"),
    "files": ("Files: {names}.", "文件：{names}。"),
    "nothing-to-export": (
        "There is no video to export yet. Send a song and say what you want first.",
        "还没有可导出的视频。请先发来歌曲并说出你想要的。",
    ),
    "exporting-song": ("Exporting {name}", "正在导出 {name}"),
    "one-video": (
        "The service tells of one video only: the one that is shown is exported.",
        "服务只提供当前显示的视频：将导出它。",
    ),
    "no-such-video": (
        "There is no video of that song. There are videos of: {names}.",
        "这首歌还没有视频。已有视频的歌：{names}。",
    ),
    "exporting": ("Exporting", "正在导出"),
    "downloading": ("Downloading", "正在下载"),
    "saved": ("Saved {path}", "已保存 {path}"),
    "export-failed": ("The export failed{why}. Say “export” to try again.", "导出失败{why}。说“导出”可以重试。"),
    "export-cancelled": ("The export is cancelled.", "导出已取消。"),
    "stopped": (
        "Stopped waiting; the work goes on. Say “status” to see it.",
        "不再等待；处理仍在继续。说“状态”可以查看。",
    ),
    "export-slow": (
        "The export is at {percent}% and goes on. Say “export” again to wait for it.",
        "导出已完成 {percent}%，仍在进行。再说一次“导出”可以继续等待。",
    ),
    "offer-export": ("Say “export” to get the file.", "说“导出”就能拿到文件。"),
    "silent": ("Done: {changes}", "完成：{changes}"),
    "nothing-changed": ("Nothing changed in the video.", "视频没有任何变化。"),
    "failed": ("The service could not do it: {why}", "服务未能完成：{why}"),
    "dropped": (
        "The connection broke off; the work goes on. Looking for its result...",
        "连接中断了，处理仍在继续。正在查看结果……",
    ),
    "dropped-lost": (
        "No change has shown so far. The message is not sent again; say “status” later to see what came of it.",
        "目前还看不到变化。消息不会重发；稍后说“状态”可以查看结果。",
    ),
    "new-session": (
        "The earlier session is gone; a new one has begun. Send your files again.",
        "之前的会话已不存在，已新建一个。请重新发送文件。",
    ),
    "1001": ("The token is not accepted, and no other could be had. {said}", "令牌无效，也无法换新。{said}"),
    "2001-register": (
        "There are no credits left. Register to go on: {url}",
        "积分已用完。注册后可继续：{url}",
    ),
    "2001": ("There are no credits left. Top up credits in your account.", "积分已用完。请在你的账户中充值。"),
    "4001": ("This kind of file cannot be used. Send one of: {formats}.", "不支持这种文件。支持的格式：{formats}。"),
    "4002": (
        "The file is too large{limit}. Compress or trim it.",
        "文件太大{limit}。请压缩或剪短后再发。",
    ),
    "limit": (" (at most {megabytes} MB)", "（上限 {megabytes} MB）"),
    "402": ("Register or upgrade your plan to unlock export.", "请注册或升级套餐以解锁导出。"),
    "429": (
        "The service was called too often{wait}. Try again later.",
        "对服务的请求太频繁{wait}。请稍后再试。",
    ),
    "wait": (" (again in {seconds} s)", "（{seconds} 秒后可再试）"),
    "change-made": ("there is a video. {summary}", "视频已生成。{summary}"),
    "change-gone": ("the video is gone", "视频已移除"),
    "change-length": ("it lasts {now} s instead of {was} s", "时长由 {was} 秒变为 {now} 秒"),
    "change-size": ("the picture is {now} instead of {was}", "画面由 {was} 变为 {now}"),
    "change-fps": ("it has {now} frames a second instead of {was}", "帧率由 {was} 变为 {now}"),
    "change-look": ("the look is {now} instead of {was}", "风格由 {was} 变为 {now}"),
    "change-palette": ("the colors are {now}", "配色变为 {now}"),
    "change-grade": ("{name} is {now} instead of {was}", "{name} 由 {was} 变为 {now}"),
    "change-added": ("added {what}", "添加了 {what}"),
    "change-removed": ("removed {what}", "移除了 {what}"),
    "change-became": ("{was} became {now}", "{was} 变为 {now}"),
    "change-shots": ("{now} shots instead of {was}", "镜头数由 {was} 变为 {now}"),
    "change-redrawn": ("{number} shots are different", "{number} 个镜头有变化"),
    "change-dressed": ("{what} changed in its details", "{what} 的细节有变化"),
    "change-media": ("made {names}", "生成了 {names}"),
    "change-files": ("received {names}", "收到了 {names}"),
    "change-details": ("details of the video", "视频的细节"),
    "join": ("; ", "；"),
    "and-more": (" and {number} more", " 等另外 {number} 项"),
}

FORMATS = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac"


def language_of(text: str) -> Language:
    """Return the language that something is written in."""
    return "zh" if _CHINESE.search(text) else "en"


def say(key: str, language: Language, **facts: object) -> str:
    """Return a sentence with its facts."""
    english, chinese = PHRASES[key]
    return (chinese if language == "zh" else english).format(**facts)
